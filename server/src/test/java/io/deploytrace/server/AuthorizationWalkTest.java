package io.deploytrace.server;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All routes with all kinds of credential; the table of the answers is printed and compared with the one that is kept. */
class AuthorizationWalkTest {

    private static final List<Span> TRACE = new Fixtures(1).single(TestServer.WORKSPACE);
    private static final String STORED = TRACE.get(0).traceId();

    /** The columns: a route, its protocol, and how its answer is read. */
    private static final Map<String, RequestHeadersBuilder> ROUTES = Map.ofEntries(
            entry("LIVE", get("/health/live")),
            entry("READY", get("/health/ready")),
            entry("METRICS", get("/metrics")),
            entry("WORKSPACES", get("/api/v1/workspaces")),
            entry("TRACES", get(ofWorkspace("/traces"))),
            entry("TRACE", get(ofWorkspace("/traces/" + STORED))),
            entry("TARGETS", get(ofWorkspace("/targets"))),
            entry("SPANS", get(ofWorkspace("/spans"))),
            entry("OPENAPI", get("/api/openapi.json")),
            entry("TRACE_TREE", get(ofWorkspace("/traces/" + STORED + "/tree"))),
            entry("TRACE_WHY", get(ofWorkspace("/traces/" + STORED + "/why"))),
            entry("EVENTS", RequestHeaders.builder(HttpMethod.HEAD, ofWorkspace("/events"))),
            entry("DIFF", get(ofWorkspace("/diff?a=" + STORED + "&b=" + STORED))),
            entry("HISTORY", get(ofWorkspace("/history?releaseTarget=shop"))),
            entry("FANOUT", get(ofWorkspace("/fanout?releaseId=v1"))),
            entry("WHY", get(ofWorkspace("/why?releaseTarget=shop"))),
            entry("SIGN_IN", RequestHeaders.builder(HttpMethod.POST, "/sign-in")),
            entry("SIGN_OUT", RequestHeaders.builder(HttpMethod.POST, "/sign-out")),
            entry("PAGE", get("/")),
            entry("PAGE_WORKSPACE", get("/w/" + TestServer.WORKSPACE)),
            entry("PAGE_VIEW", get("/w/" + TestServer.WORKSPACE + "/traces")),
            entry("PAGE_TRACE", get("/w/" + TestServer.WORKSPACE + "/traces/" + STORED)),
            entry("PAGE_FILE", get("/assets/of-another-version/app.js")),
            entry("EXPORT", Otlp.http()),
            entry("EXPORT_GRPC", Otlp.grpc()));

    private static String ofWorkspace(String path) {
        return "/api/v1/workspaces/" + TestServer.WORKSPACE + path;
    }

    private static RequestHeadersBuilder get(String path) {
        return RequestHeaders.builder(HttpMethod.GET, path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"required", "none"})
    void eachRoute_withEachCredential_answersAsTheTableSays(String authentication) throws IOException {
        try (var server =
                TestServer.start(settings -> settings.authenticationRequired(authentication.equals("required")))) {
            server.store.write(TRACE, Deadline.after(Duration.ofSeconds(10)));
            var table = table(server);

            System.out.println("--auth " + authentication + "\n" + table);
            assertThat(table).isEqualTo(kept(authentication, table));
        }
    }

    private static String kept(String authentication, String table) throws IOException {
        var file = Path.of("src", "test", "resources", "golden", "authorization-" + authentication + ".txt");
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, table);
        }
        return Files.readString(file);
    }

    private static String table(TestServer server) {
        var table = new StringBuilder("%-28s".formatted("credential"));
        for (var route : Route.values()) {
            table.append("%-26s".formatted(route.name().toLowerCase(Locale.ROOT)));
        }
        Credentials.all(server).forEach((kind, headers) -> {
            table.append('\n').append("%-28s".formatted(kind));
            for (var route : Route.values()) {
                table.append("%-26s".formatted(cell(server, ROUTES.get(route.name()), headers)));
            }
        });
        return table.toString().replaceAll(" +(\n|$)", "$1") + "\n";
    }

    /** Over both versions of HTTP, which must not differ. */
    private static String cell(TestServer server, RequestHeadersBuilder route, List<String> authorization) {
        var first = cell(server, server.client("h2c"), route, authorization);
        assertThat(cell(server, server.client("h1c"), route, authorization)).isEqualTo(first);
        return first;
    }

    private static String cell(
            TestServer server, WebClient client, RequestHeadersBuilder route, List<String> authorization) {
        var before = spans(server);
        var headers = route.build().toBuilder();
        authorization.forEach(value -> headers.add(Credentials.header(value), value));
        var response = headers.contentType() == null
                ? client.execute(headers.build()).aggregate().join()
                : Otlp.export(client, headers);
        var stored = spans(server) - before;
        return words(response) + (stored > 0 ? " stored" : "");
    }

    private static String words(AggregatedHttpResponse response) {
        var grpc = Otlp.grpcStatus(response);
        var status = response.status().code() + (grpc.isEmpty() ? "" : " grpc " + grpc);
        var answered = response.status().code() == 200 && (grpc.isEmpty() || grpc.equals("0"));
        var isExport = !grpc.isEmpty() || String.valueOf(response.contentType()).contains("protobuf");
        return answered && isExport && Otlp.answer(response).hasPartialSuccess() ? status + " rejected" : status;
    }

    private static int spans(TestServer server) {
        return server.traces(TestServer.WORKSPACE) + server.traces(TestServer.OTHER_WORKSPACE) + server.jobSpans();
    }
}
