package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.ci.Collector.Answer;
import io.deploytrace.testkit.RawServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command in a span of its own, which neither waits for the server nor loses what it did. */
@Timeout(60)
class RecordedCommandTest {

    @TempDir
    Path directory;

    private static void await(java.util.function.BooleanSupplier condition) {
        for (var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30); !condition.getAsBoolean(); ) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void variables_recordedCommand_leadItsToolsToTheSpan() throws Exception {
        try (var server = Collector.start()) {
            var job = new Job(directory, server.url()).with("DEPLOYTRACE_TOKEN", "dj_a+b=c/d");
            var command = job.command().begin("deploy", "deploy.sh");
            var state = job.state();

            assertThat(command.variables())
                    .containsExactly(
                            Map.entry(
                                    "TRACEPARENT",
                                    "00-" + state.traceId() + "-"
                                            + state.open().get(0).id() + "-01"),
                            Map.entry("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", server.url() + "/v1/traces"),
                            Map.entry("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf"),
                            Map.entry("OTEL_EXPORTER_OTLP_TRACES_HEADERS", "authorization=Bearer%20dj_a%2Bb%3Dc%2Fd"));
            command.end(0, null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"})
    void variables_exporterThatHasAPlaceAlready_keepsIt(String endpoint) throws Exception {
        try (var server = Collector.start()) {
            var job = new Job(directory, server.url());
            var command = job.command(Map.of(endpoint, "http://collector:4318")).begin("deploy", "deploy.sh");

            assertThat(command.variables()).containsOnlyKeys("TRACEPARENT");
            command.end(0, null);
        }
    }

    @Test
    void variables_certificatesOfOurOwn_areThoseOfItsToolsToo() throws Exception {
        try (var server = Collector.start()) {
            var job = new Job(directory, server.url());
            var file = "certificates.pem";
            var ours = job.command(Map.of("DEPLOYTRACE_CA_FILE", file)).begin("deploy", "deploy.sh");
            var theirs = job.command(Map.of(
                            "DEPLOYTRACE_CA_FILE", file, "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE", "/etc/theirs.pem"))
                    .begin("deploy", "deploy.sh");

            assertThat(ours.variables())
                    .containsEntry(
                            "OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE",
                            Path.of(file).toAbsolutePath().toString());
            assertThat(theirs.variables()).doesNotContainKey("OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE");
            ours.end(0, null);
            theirs.end(0, null);
        }
    }

    @Test
    void end_exitCode_isRecordedWithTheFilesName() throws Exception {
        try (var server = Collector.start()) {
            var job = new Job(directory, server.url());
            job.command().start("outer");
            job.command().begin("deploy", "deploy.sh").end(3, "exit code 3");
            job.command().end(null, null);

            assertThat(server.spans().values())
                    .anySatisfy(span -> assertThat(span)
                            .contains(
                                    "\"name\":\"deploy\"",
                                    "\"status\":{\"code\":2,\"message\":\"exit code 3\"}",
                                    "{\"key\":\"cicd.pipeline.task.run.result\",\"value\":{\"stringValue\":\"failure\"}}",
                                    "{\"key\":\"process.executable.name\",\"value\":{\"stringValue\":\"deploy.sh\"}}",
                                    "{\"key\":\"process.exit.code\",\"value\":{\"intValue\":\"3\"}}"))
                    .anySatisfy(span -> assertThat(span).contains("\"name\":\"outer\"", "\"status\":{\"code\":2}"));
            assertThat(job.said()).isEmpty();
        }
    }

    @Test
    void end_scriptThatStoppedOnTheWay_leavesNothingOpen() throws Exception {
        try (var server = Collector.start()) {
            var job = new Job(directory, server.url());
            var command = job.command().begin("deploy", "deploy.sh");
            job.command(command.variables()).start("migrate");
            command.end(1, "exit code 1");

            assertThat(job.state().open()).isEmpty();
            assertThat(server.spans().values())
                    .hasSize(2)
                    .allSatisfy(span -> assertThat(span).contains("\"endTimeUnixNano\"", "\"status\":{\"code\":2"));
        }
    }

    @Test
    void begin_serverThatNeverAnswers_doesNotWaitAndTheEndWaitsOnce() throws Exception {
        try (var silent = RawServer.start(RawServer::awaitEnd)) {
            var job = new Job(directory, silent.url());
            var begin = System.nanoTime();
            var command = job.command().begin("deploy", "deploy.sh");
            var began = Duration.ofNanos(System.nanoTime() - begin);
            command.end(0, null);
            var ended = Duration.ofNanos(System.nanoTime() - begin);

            assertThat(began).isLessThan(JobRecorder.PATIENCE.minusMillis(500));
            assertThat(ended).isBetween(JobRecorder.PATIENCE.minusMillis(50), JobRecorder.PATIENCE.plusSeconds(1));
            assertThat(job.said())
                    .containsExactly("deploytrace: the server at " + silent.url()
                            + " can't be reached: it didn't answer in time. 1 span will be sent by the next command.");
            assertThat(job.state().unsent().get(0).message()).contains("endTimeUnixNano");
        }
    }

    /** The request that tells of the beginning is still waited for when that of the end is due. */
    @Test
    void end_serverThatIsSlowBothTimes_waitsOnceInAll() throws Exception {
        var slow = JobRecorder.PATIENCE.minusMillis(500);
        try (var server = Collector.start().answering(number -> {
            LockSupport.parkNanos(slow.toNanos());
            return Answer.STORED;
        })) {
            var job = new Job(directory, server.url());
            var begin = System.nanoTime();
            job.command().begin("deploy", "deploy.sh").end(0, null);

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(slow, JobRecorder.PATIENCE.plusMillis(900));
            assertThat(job.state().unsent()).hasSize(1);
        }
    }

    /** A command may run for an hour, and be the only one of its job. */
    @Test
    void end_serverThatIsBackSinceTheCommandBegan_isTold() throws Exception {
        try (var server = Collector.start().answering(Answer.of(503, ""))) {
            var job = new Job(directory, server.url());
            var command = job.command().begin("deploy", "deploy.sh");
            await(() -> {
                try {
                    return job.state().away();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            await(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("deploytrace-begin")));
            server.answering(Answer.STORED);
            command.end(0, null);

            assertThat(server.spans().values()).singleElement().asString().contains("endTimeUnixNano");
            assertThat(job.state().unsent()).isEmpty();
            assertThat(job.said()).isEmpty();
        }
    }

    @Test
    void end_refusalOfTheBeginning_isSaid() throws Exception {
        try (var server = Collector.start()) {
            server.answering(number -> number == 1
                    ? Answer.of(200, "{\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":\"no.\"}}")
                    : Answer.STORED);
            var job = new Job(directory, server.url());
            var command = job.command().begin("deploy", "deploy.sh");
            await(() -> server.received().size() == 1);
            command.end(0, null);

            assertThat(job.said())
                    .containsExactly("deploytrace: the server at " + server.url() + " refused 1 span: no.");
        }
    }

    @Test
    void end_commandWithinACommand_hasItAsItsParent() throws Exception {
        try (var server = Collector.start()) {
            var job = new Job(directory, server.url());
            var outer = job.command().begin("outer", "sh");
            var inner = job.command(outer.variables()).begin("inner", "sh");
            var outerId =
                    Traceparent.parse(outer.variables().get("TRACEPARENT")).spanId();
            inner.end(0, null);
            outer.end(0, null);

            assertThat(server.spans().values())
                    .anySatisfy(span -> assertThat(span)
                            .contains("\"parentSpanId\":\"" + outerId + "\",\"name\":\"inner\"", "endTimeUnixNano"));
        }
    }

    @Test
    void metadata_whileTheServerHearsOfTheBeginning_isNotInItsWay() throws Exception {
        var answer = new CountDownLatch(1);
        try (var server = Collector.start()) {
            server.answering(number -> {
                await(() -> number > 1 || answer.getCount() == 0);
                return Answer.STORED;
            });
            var job = new Job(directory, server.url());
            var command = job.command().begin("deploy", "sh");
            await(() -> server.received().size() == 1);
            job.command(command.variables()).metadata("version", "1");
            answer.countDown();
            command.end(0, null);

            assertThat(server.spans().values()).singleElement().asString().contains("\"version\"", "endTimeUnixNano");
            assertThat(job.state().unsent()).isEmpty();
        }
    }
}
