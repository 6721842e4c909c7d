package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.recorder.JobReference;
import io.deploytrace.recorder.JobTokens;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.testkit.Await;
import io.deploytrace.testkit.Fault;
import io.deploytrace.testkit.FaultPlan;
import io.deploytrace.testkit.FaultPoint;
import io.deploytrace.testkit.FaultProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server is stopped, or killed, while it answers. */
class ServerStopTest {

    private static final String PARENT_TRACE = "0192aaaaaaaa" + "1".repeat(20);

    private static final String REQUEST = """
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0123456789abcdef0123456789abcdef",
            "spanId":"0123456789abcdef","name":"in flight",
            "startTimeUnixNano":"1795392692000000000","endTimeUnixNano":"1795392693000000000"}]}]}]}
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private String databaseUrl;
    private FaultProxy network;
    private String urlThroughNetwork;
    private UUID workspace;
    private String token;

    @BeforeEach
    void prepare() throws Exception {
        databaseUrl = TestDatabase.createMigrated();
        var port = TestDatabase.server().port();
        network = FaultProxy.to(port, FaultPlan.none());
        urlThroughNetwork = databaseUrl.replace(":" + port + "/", ":" + network.port() + "/");
        var created = TestProgram.create()
                .variables(Map.of("DEPLOYTRACE_DATABASE_URL", databaseUrl))
                .run("workspace", "create", "acme");
        workspace = UUID.fromString(created.out().strip());
        token = JobTokens.ofKeys(RunningServer.TOKEN_SECRET)
                .issue(new JobReference(workspace.toString(), PARENT_TRACE, "a".repeat(16), "job-1", null, null));
    }

    @AfterEach
    void closeNetwork() throws IOException {
        network.close();
    }

    @Test
    void requestInFlight_whenTheServerIsToldToStop_isAnsweredAndStored() throws Exception {
        var server = RunningServer.start(urlThroughNetwork);
        network.blackHole();
        var answer = send(server);
        Await.until(() -> inFlight(server) == 1);

        server.terminate();
        Await.until(() -> server.said().contains("Stopping"));
        network.heal();

        assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(server.awaitEnd()).isZero();
        assertThat(stored()).extracting(Span::name).containsExactly("in flight");
    }

    @Test
    void requestThatWasCommitted_whenTheServerIsKilledBeforeItsAnswer_isStoredOnceAfterItIsRepeated() throws Exception {
        var server = RunningServer.start(urlThroughNetwork);
        var struck = network.strike(FaultPoint.WRITE_ANSWER, Fault.freeze());
        var answer = send(server);
        assertThat(struck.await(60, TimeUnit.SECONDS)).isTrue();
        server.kill();
        assertThat(answer).failsWithin(Duration.ofSeconds(60));
        assertThat(stored()).hasSize(1);
        network.heal();

        try (var next = RunningServer.start(urlThroughNetwork)) {
            assertThat(send(next).get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }

        assertThat(stored()).extracting(Span::name).containsExactly("in flight");
    }

    private CompletableFuture<HttpResponse<String>> send(RunningServer server) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create(server.url() + "/v1/traces"))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("content-type", "application/json")
                        .header("authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(REQUEST))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int inFlight(RunningServer server) {
        try {
            var metrics = http.send(
                            HttpRequest.newBuilder(URI.create(server.url() + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            return metrics.lines()
                    .filter(line -> line.startsWith("deploytrace_requests_in_flight "))
                    .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' '))))
                    .sum();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private List<Span> stored() {
        return PostgresSpanStore.builder(
                        DatabaseAddress.parse(databaseUrl, null).dataSource())
                .build()
                .traceWithLinked(workspace, PARENT_TRACE, Deadline.after(Duration.ofSeconds(30)));
    }
}
