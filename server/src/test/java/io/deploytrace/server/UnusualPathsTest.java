package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import io.deploytrace.testkit.Fixtures;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A path written in another way leads to the same place with the same rights, or nowhere. */
class UnusualPathsTest {

    private final TestServer server = TestServer.start(settings -> settings.authenticationRequired(true));
    private final HttpClient raw = HttpClient.newHttpClient();
    private final Questions neighbour =
            new Questions(server.client("h1c"), server.key(Role.ADMIN, TestServer.OTHER_WORKSPACE));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void path_inWhateverSpelling_showsNothingToOthers() throws IOException, InterruptedException {
        var spans = new Fixtures(1).single(TestServer.WORKSPACE);
        server.store.write(spans, Deadline.after(Duration.ofSeconds(10)));
        var mine = TestServer.WORKSPACE.toString();
        var theirs = TestServer.OTHER_WORKSPACE.toString();
        var trace = spans.get(0).traceId();
        var api = "/api/v1/workspaces/";
        for (var path : List.of(
                api + mine + "/traces",
                api + mine + "/traces/",
                "/" + api + mine + "/traces",
                api + mine + "//traces",
                api + mine + "%2Ftraces",
                api + theirs + "/../" + mine + "/traces",
                api + theirs + "/%2e%2e/" + mine + "/traces",
                api + theirs + "/traces/..%2f..%2f" + mine + "%2ftraces",
                api + theirs + "/traces/" + trace,
                api + theirs + "/traces/" + trace + "/tree",
                api + theirs + "/traces/" + trace + "/why",
                api + theirs + "/traces/" + trace + "%00",
                api + mine.toUpperCase(java.util.Locale.ROOT) + "/traces",
                api + mine.replaceFirst("0", "%30") + "/traces",
                api + "/traces",
                api + "*/traces",
                api + "%7BworkspaceId%7D/traces",
                "/api/v1/workspaces/" + mine + "/nothing",
                "/API/V1/WORKSPACES/" + mine + "/traces")) {
            for (var method : List.of("GET", "HEAD", "OPTIONS", "POST")) {
                var refused = send(method, path, "");
                assertThat(refused.statusCode()).as(method + " " + path).isIn(400, 401, 404, 405);
                var other = send(method, path, neighbour.key());
                assertThat(other.statusCode()).as(method + " " + path).isIn(400, 404, 405);
                assertThat(other.body()).doesNotContain("spanId").doesNotContain("\"traces\"");
            }
        }
    }

    /** Matrix parameters aren't ours: they are cut off, and what is left is the neighbour's own. */
    @Test
    void path_withAMatrixParameter_isThatWithoutIt() throws IOException, InterruptedException {
        var spans = new Fixtures(1).single(TestServer.WORKSPACE);
        server.store.write(spans, Deadline.after(Duration.ofSeconds(10)));

        var own = "/api/v1/workspaces/" + TestServer.OTHER_WORKSPACE + "/traces;workspaceId=" + TestServer.WORKSPACE;

        assertThat(send("GET", own, neighbour.key()).body()).isEqualTo("{\"traces\":[],\"nextCursor\":null}");
    }

    @Test
    void workspace_ofAnotherOrOfNobody_isTheSameButForTheRequestsTrace() {
        var other = neighbour.ask(TestServer.WORKSPACE, "/traces");
        var unknown = neighbour.ask(java.util.UUID.randomUUID(), "/traces");
        var token = new Questions(neighbour.client(), server.tokens.issue(TestServer.job()))
                .ask(TestServer.WORKSPACE, "/traces");

        assertThat(other.status().code()).isEqualTo(404);
        assertThat(withoutTraceId(unknown)).isEqualTo(withoutTraceId(other));
        assertThat(withoutTraceId(token)).isEqualTo(withoutTraceId(other));
        assertThat(token.status()).isEqualTo(other.status()).isEqualTo(unknown.status());
    }

    /** By a client that sends the path as it is. */
    private HttpResponse<String> send(String method, String path, String key) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + server.port() + path);
        var request = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
        if (!key.isEmpty()) {
            request.header("authorization", "Bearer " + key);
        }
        return raw.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String withoutTraceId(AggregatedHttpResponse response) {
        return response.contentUtf8().replaceFirst("\"traceId\":\"[0-9a-f]{32}\"", "");
    }
}
