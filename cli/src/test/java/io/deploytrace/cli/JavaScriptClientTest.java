package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.core.JsonFactory;
import io.deploytrace.recorder.JobTokens;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.vocabulary.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job that records itself with OpenTelemetry's JavaScript SDK, through each of its exporters. */
class JavaScriptClientTest {

    private static final Path CLIENT = Path.of("src", "test", "javascript").toAbsolutePath();

    private static String databaseUrl;
    private static RunningServer server;
    private static UUID workspace;

    @BeforeAll
    static void startServer() throws Exception {
        requireClient();
        databaseUrl = TestDatabase.createMigrated();
        server = RunningServer.start(databaseUrl);
        workspace = UUID.fromString(program("workspace", "create", "acme").out().strip());
    }

    /** Nobody needs Node to build; where everything is to be tested, it has to be there. */
    private static void requireClient() {
        if (Files.isDirectory(CLIENT.resolve("node_modules"))) {
            return;
        }
        var reason = "There is no JavaScript client: install Node and npm, and run 'npm ci' in " + CLIENT;
        if (System.getenv("CI") != null) {
            fail(reason);
        }
        abort(reason);
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static TestProgram.Result program(String... arguments) {
        return TestProgram.create()
                .variables(Map.of(
                        "DEPLOYTRACE_DATABASE_URL",
                        databaseUrl,
                        "DEPLOYTRACE_TOKEN_SECRET",
                        RunningServer.TOKEN_SECRET))
                .run(arguments);
    }

    @ParameterizedTest(name = "{0}, compression {1}")
    @CsvSource({"grpc,none", "grpc,gzip", "http/protobuf,none", "http/protobuf,gzip", "http/json,none", "http/json,gzip"
    })
    void trace_sentByAJob_appearsUnderItInShow(String protocol, String compression) throws Exception {
        var job = controllersTrace();

        var sent = send(protocol, compression, job.token());

        var shown = program("show", job.traceId()).out();
        assertThat(shown).contains("Job: github-action");
        Golden.assertGolden(
                "show-javascript.txt",
                shown.lines()
                        .dropWhile(line -> !line.contains("Deploy shop"))
                        .map(line -> line.replace(sent.get("traceId"), "SENT"))
                        .collect(Collectors.joining("\n", "", "\n")));
        assertStored(job, sent);
    }

    @Test
    void toolThatIsInstrumented_nestsInTheCommandThatRunsIt(@TempDir Path directory) throws Exception {
        var job = CiJob.trigger(databaseUrl, server.url(), directory);

        var step = job.program("exec", "--name", "deploy", "--", "node", "nested.mjs")
                .directory(CLIENT.toFile());

        assertThat(TestCheckout.result(step.start())).isEqualTo(new TestProgram.Result(0, "", ""));
        assertThat(job.outline()).containsExactly("deploy completed", "  terraform apply completed");
    }

    private record TriggeredJob(String traceId, String token) {}

    private static TriggeredJob controllersTrace() {
        try (var target = ReconcileTarget.builder(workspace.toString(), "shop-production")
                .store(store())
                .tokens(JobTokens.ofKeys(RunningServer.TOKEN_SECRET))
                .releaseId("release-7")
                .start()) {
            TriggeredJob triggered;
            try (var execution = target.startExecution();
                    var job = execution.triggerJob("github-action", Map.of("workflow", "deploy.yml"), "job-7")) {
                triggered = new TriggeredJob(target.traceId(), job.token());
            }
            target.complete(Status.COMPLETED);
            return triggered;
        }
    }

    private static PostgresSpanStore store() {
        return PostgresSpanStore.builder(
                        DatabaseAddress.parse(databaseUrl, null).dataSource())
                .build();
    }

    /** Runs the job; the ids of what it sent, by their names. */
    private static Map<String, String> send(String protocol, String compression, String token) throws Exception {
        var builder = new ProcessBuilder("node", "job.mjs").directory(CLIENT.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OTEL_") || name.startsWith("NODE_"));
        builder.environment()
                .putAll(Map.of(
                        "OTEL_EXPORTER_OTLP_PROTOCOL",
                        protocol,
                        "OTEL_EXPORTER_OTLP_COMPRESSION",
                        compression,
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        server.url(),
                        "OTEL_EXPORTER_OTLP_HEADERS",
                        "authorization=Bearer " + token));
        var result = TestCheckout.result(builder.start());
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        return ids(result.out());
    }

    private static Map<String, String> ids(String json) throws IOException {
        var ids = new HashMap<String, String>();
        try (var parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                ids.put(name, parser.getText());
            }
        }
        return ids;
    }

    private static void assertStored(TriggeredJob job, Map<String, String> sent) {
        var spans = store().traceWithLinked(workspace, job.traceId(), Deadline.after(Duration.ofSeconds(30))).stream()
                .filter(span -> span.parentTraceId() != null)
                .collect(Collectors.toMap(Span::spanId, Function.identity()));
        assertThat(spans)
                .containsOnlyKeys(sent.get("pipeline"), sent.get("plan"), sent.get("apply"), sent.get("provision"));
        assertThat(spans.values()).allSatisfy(span -> {
            assertThat(span.workspaceId()).isEqualTo(workspace.toString());
            assertThat(span.jobId()).isEqualTo("job-7");
            assertThat(span.parentTraceId()).isEqualTo(job.traceId());
            assertThat(span.attributes().get("otel.trace_id")).isEqualTo(sent.get("traceId"));
        });
        assertPipeline(spans.get(sent.get("pipeline")), Instant.ofEpochMilli(Long.parseLong(sent.get("start"))));
        assertPlan(spans.get(sent.get("plan")), sent);
        assertThat(spans.get(sent.get("apply"))).satisfies(apply -> {
            assertThat(apply.status()).isEqualTo("failed");
            assertThat(apply.events()).extracting(SpanEvent::name).containsExactly("exception");
        });
        assertThat(spans.get(sent.get("provision")).parentSpanId()).isEqualTo(sent.get("apply"));
    }

    private static void assertPipeline(Span pipeline, Instant start) {
        assertThat(pipeline.parentSpanId()).isNull();
        assertThat(pipeline.depth()).isZero();
        assertThat(pipeline.status()).isEqualTo("completed");
        assertThat(pipeline.startTime()).isEqualTo(start);
        assertThat(pipeline.endTime()).isEqualTo(start.plusMillis(2_500));
        assertThat(pipeline.attributes().asMap())
                .containsAllEntriesOf(Map.of(
                        "text",
                        "Gr\u00fc\u00dfe, \u4e16\u754c \uD83D\uDE80",
                        "empty",
                        "",
                        "integer",
                        42L,
                        "largest",
                        9_007_199_254_740_991L,
                        "negative",
                        -7L,
                        "fraction",
                        0.25,
                        "yes",
                        true,
                        "texts",
                        List.of("a", "b"),
                        "integers",
                        List.of(1L, 2L, 3L),
                        "fractions",
                        List.of(0.5, 1.5)))
                .containsEntry("truths", List.of(true, false))
                .containsEntry("no", false);
    }

    private static void assertPlan(Span plan, Map<String, String> sent) {
        assertThat(plan.parentSpanId()).isEqualTo(sent.get("pipeline"));
        assertThat(plan.depth()).isEqualTo(1);
        assertThat(plan.attributes().get("otel.links"))
                .isEqualTo(List.of(Map.of(
                        "trace_id", "ab".repeat(16),
                        "span_id", "cd".repeat(8),
                        "attributes", Map.of("why", "same commit"))));
        assertThat(plan.events())
                .containsExactly(
                        new SpanEvent(
                                "resources",
                                plan.startTime().plusMillis(100),
                                Attributes.copyOf(Map.of("added", 3, "changed", 0, "names", List.of("vpc", "dns")))),
                        new SpanEvent("locked", plan.startTime().plusMillis(200), Attributes.empty()));
    }
}
