package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import io.deploytrace.testkit.Fixtures;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server does what its OpenAPI document says: each route, parameter, status and schema, and nothing beyond. */
class OpenApiTest {

    private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(10));

    private final TestServer server = TestServer.start(
            settings -> settings.authenticationRequired(true).limits(ServerLimits.DEFAULTS.withReadsInFlight(1)));

    private final Questions reader = new Questions(server.client("h2c"), server.key(Role.READ, null));
    private final OpenApi document =
            OpenApi.parse(reader.get("/api/openapi.json").contentUtf8());
    private final String traceId = record();

    /** What was answered, by path: the statuses. */
    private final Map<String, TreeSet<String>> seen = new HashMap<>();

    @AfterEach
    void stop() {
        server.close();
    }

    private String record() {
        var fixtures = new Fixtures(1);
        var spans = fixtures.failedJob(TestServer.WORKSPACE, "shop", "deploy-1");
        var trace = spans.get(0).traceId();
        server.store.write(spans, DEADLINE);
        server.store.write(
                fixtures.external(TestServer.WORKSPACE, trace, "deploy-1", io.deploytrace.vocabulary.Status.FAILED),
                DEADLINE);
        server.store.write(fixtures.completeWorkflow(TestServer.WORKSPACE, "search"), DEADLINE);
        server.store.write(fixtures.completeWorkflow(TestServer.WORKSPACE, "shop"), DEADLINE);
        return trace;
    }

    @Test
    void paths_areTheRoutesBelowApi() {
        assertThat(document.paths())
                .containsExactlyInAnyOrderElementsOf(Stream.of(Route.values())
                        .map(Route::path)
                        .filter(path -> path.startsWith("/api/"))
                        .toList());
    }

    @Test
    void answers_ofEachRouteParameterAndStatus_areAsDocumented() {
        var paths = document.paths().stream()
                .filter(path -> !path.equals(Route.EVENTS.path()))
                .toList();
        for (var path : paths) {
            succeed(path);
            if (!path.equals(Route.OPENAPI.path())) {
                fail(path);
            }
        }
        for (var path : paths) {
            assertThat(seen.get(path)).as(path).isEqualTo(document.statuses(path));
        }
    }

    private void succeed(String path) {
        var required = String.join("&", required(path).toArray(String[]::new));
        var response = ask(reader, path, required);
        assertThat(response.status().code()).as(response.contentUtf8()).isEqualTo(200);
        for (var parameter : document.queryParameters(path)) {
            var name = parameter.get("name").asText();
            var query = query(path, name, value(path, parameter), required);
            assertThat(ask(reader, path, query).status().code())
                    .as(path + "?" + query)
                    .isEqualTo(200);
        }
        var etag = response.headers().get("etag");
        if (etag != null) {
            assertThat(ask(reader, path, "", "if-none-match", etag).status().code())
                    .isEqualTo(304);
        }
    }

    /** With one parameter, and with those that it needs beside it. */
    private static String query(String path, String name, String value, String required) {
        if (path.equals(Route.DIFF.path()) && !name.equals("releaseTarget")) {
            return "a=" + value + "&b=" + value;
        }
        return name + "=" + value + (required.isEmpty() || required.startsWith(name) ? "" : "&" + required);
    }

    /** What a question can't do without; for a comparison either of two, so that none is required. */
    private List<String> required(String path) {
        if (path.equals(Route.DIFF.path())) {
            return List.of("releaseTarget=shop");
        }
        return document.queryParameters(path).stream()
                .filter(parameter -> parameter.path("required").asBoolean())
                .map(parameter -> parameter.get("name").asText() + "=shop")
                .toList();
    }

    private String value(String path, JsonNode parameter) {
        return switch (parameter.get("name").asText()) {
            case "cursor" ->
                Questions.json(ask(
                                reader,
                                path,
                                Stream.concat(required(path).stream(), Stream.of("limit=1"))
                                        .collect(Collectors.joining("&"))))
                        .get("nextCursor")
                        .toString();
            case "a", "b" -> traceId;
            case "limit" -> "7";
            case "since", "until" -> "24h";
            case "depth", "sequence" -> "1";
            default -> parameter.path("schema").path("enum").path(0).asText("failed");
        };
    }

    private void fail(String path) {
        var unknown = ask(reader, path, "nonsense=1");
        assertThat(unknown.status().code()).isEqualTo(400);
        var names = document.queryParameters(path).stream()
                .map(parameter -> parameter.get("name").asText())
                .toList();
        assertThat(Questions.json(unknown).getOrDefault("allowed", List.of()))
                .as(path)
                .isEqualTo(names);

        ask(new Questions(reader.client(), "garbage"), path, "");
        if (path.equals(Route.WORKSPACES.path())) {
            ask(new Questions(reader.client(), server.tokens.issue(TestServer.job())), path, "");
        } else {
            ask(new Questions(reader.client(), server.key(Role.READ, TestServer.OTHER_WORKSPACE)), path, "");
        }
        server.workspaces.fail();
        ask(reader, path, "");
        overload(path);
    }

    private void overload(String path) {
        var held = server.workspaces.hold();
        var first = CompletableFuture.supplyAsync(() -> reader.get(url(path, "")));
        held.join();
        ask(reader, path, "");
        server.workspaces.heal();
        first.join();
    }

    /** Asks, notes the status, and holds the answer to the schema of its status. */
    private AggregatedHttpResponse ask(Questions questions, String path, String query, String... headers) {
        var response = questions.get(url(path, query), headers);
        var status = Integer.toString(response.status().code());
        seen.computeIfAbsent(path, key -> new TreeSet<>()).add(status);
        if (!response.content().isEmpty()) {
            assertThat(document.faults(path, status, response))
                    .as(path + "?" + query + " " + status)
                    .isEmpty();
        }
        return response;
    }

    private String url(String path, String query) {
        return path.replace("{workspaceId}", TestServer.WORKSPACE.toString()).replace("{traceId}", traceId)
                + (query.isEmpty() ? "" : "?" + query);
    }
}
