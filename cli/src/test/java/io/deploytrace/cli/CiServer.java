package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.recorder.JobTokens;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.vocabulary.Status;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A database with a workspace in which a controller triggers jobs, and a server to which these record. */
final class CiServer implements AutoCloseable {

    /**
     * A job that a controller triggered.
     *
     * @param traceId the controller's trace
     * @param token what the job is handed
     */
    record TriggeredJob(String traceId, String token) {}

    private final String databaseUrl;
    private final UUID workspace;
    private final PostgresSpanStore store;
    private RunningServer server;

    private CiServer(String databaseUrl, RunningServer server) {
        this.databaseUrl = databaseUrl;
        this.server = server;
        this.workspace =
                UUID.fromString(program("workspace", "create", "shop").out().strip());
        this.store = PostgresSpanStore.builder(
                        DatabaseAddress.parse(databaseUrl, null).dataSource())
                .build();
    }

    static CiServer start() throws Exception {
        var databaseUrl = TestDatabase.createMigrated();
        var server = new CiServer(databaseUrl, RunningServer.start(databaseUrl, "--auth", "required"));
        server.warmUp();
        return server;
    }

    /** Starts it anew, on another port. */
    void restart(int port) throws Exception {
        server.close();
        server = RunningServer.start(port, databaseUrl, "--auth", "required");
        warmUp();
    }

    /** The first request takes a server longer than commands wait for it on a busy machine. */
    private void warmUp() throws Exception {
        var time = Long.toString(System.currentTimeMillis()) + "000000";
        var body = """
                {"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "%s", "spanId": "%s", "name": "first",
                 "startTimeUnixNano": "%s", "endTimeUnixNano": "%s"}]}]}]}""".formatted("a1".repeat(16), "a1".repeat(8), time, time);
        var request = HttpRequest.newBuilder(URI.create(url() + "/v1/traces"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + trigger().token())
                .POST(BodyPublishers.ofString(body))
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    String url() {
        return server.url();
    }

    private TestProgram.Result program(String... arguments) {
        return TestProgram.create()
                .called("./deploytrace")
                .variables(Map.of("DEPLOYTRACE_DATABASE_URL", databaseUrl))
                .run(arguments);
    }

    TriggeredJob trigger() {
        try (var target = ReconcileTarget.builder(workspace.toString(), "checkout-production")
                .store(store)
                .tokens(JobTokens.ofKeys(RunningServer.TOKEN_SECRET))
                .releaseId("checkout@5.3.5")
                .start()) {
            TriggeredJob triggered;
            try (var execution = target.startExecution();
                    var job = execution.triggerJob("ci", Map.of(), "job-7")) {
                triggered = new TriggeredJob(target.traceId(), job.token());
            }
            target.complete(Status.COMPLETED);
            return triggered;
        }
    }

    /** What the job recorded, in the order in which it began. */
    List<Span> recorded(TriggeredJob job) {
        return store.traceWithLinked(workspace, job.traceId(), Deadline.after(Duration.ofSeconds(30))).stream()
                .filter(span -> job.traceId().equals(span.parentTraceId()))
                .sorted(Comparator.comparing(Span::startTime))
                .toList();
    }

    /** What people see. */
    String show(TriggeredJob job) {
        var shown = program("show", job.traceId());
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        return shown.out();
    }

    @Override
    public void close() {
        server.close();
    }
}
