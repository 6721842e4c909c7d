package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.ci.Collector.Answer;
import io.deploytrace.testkit.RawServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is away costs the job little, and nothing of what it records. */
@Timeout(60)
class ServerAwayTest {

    private static final Duration LESS_PATIENCE = JobRecorder.PATIENCE.dividedBy(4);

    private static final Duration MORE = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    private static Duration took(Runnable command) {
        var begin = System.nanoTime();
        command.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void record_serverThatComesBack_learnsEachSpanOnceInItsLastState() throws Exception {
        var gone = Collector.start();
        gone.close();
        var job = new Job(directory, gone.url());
        job.command().start("outer");
        job.command().step("first", false, null, Duration.ZERO);
        job.command().metadata("version", "1");
        job.command().start("inner");
        job.command().end(true, "broken");
        var away = "deploytrace: the server at " + gone.url() + " can't be reached: Connection refused. ";
        assertThat(job.said())
                .startsWith(
                        away + "1 span will be sent by the next command.",
                        away + "2 spans will be sent by the next command.",
                        away + "2 spans will be sent by the next command.",
                        away + "3 spans will be sent by the next command.");

        try (var back = Collector.start(gone.port())) {
            job.command().end(null, null);

            assertThat(back.received()).hasSize(1);
            assertThat(back.sentIds()).hasSize(3).doesNotHaveDuplicates();
            assertThat(back.spans().values()).allMatch(span -> span.contains("\"endTimeUnixNano\""));
            assertThat(back.spans().values())
                    .filteredOn(span -> span.contains("\"message\":\"broken\""))
                    .hasSize(1);
            assertThat(back.spans().values())
                    .filteredOn(span -> span.contains("\"version\""))
                    .hasSize(1);
        }
        assertThat(job.state().unsent()).isEmpty();
        assertThat(job.state().lost()).isZero();
        assertThat(job.said()).isEmpty();
    }

    @Test
    void end_serverThatIsAway_saysWhatIsUnsentAndWhatToDo() throws Exception {
        var gone = Collector.start();
        gone.close();
        var job = new Job(directory, gone.url());
        job.command().start("a");
        job.said();
        job.command().end(null, null);

        assertThat(job.said())
                .containsExactly(
                        "deploytrace: the server at " + gone.url() + " can't be reached: Connection refused.",
                        "deploytrace: 1 span is still unsent, kept in " + job.file()
                                + ". Run 'deploytrace end' again once the server is back.");
        try (var back = Collector.start(gone.port())) {
            job.command().end(null, null);
            assertThat(back.sentIds()).hasSize(1);
        }
        assertThat(job.said()).isEmpty();
    }

    @Test
    void record_serverThatNeverAnswers_waitsLessTheSecondTimeAndFullyAtTheEnd() throws Exception {
        try (var silent = RawServer.start(RawServer::awaitEnd)) {
            var job = new Job(directory, silent.url());

            assertThat(took(() -> job.command().start("a")))
                    .isBetween(JobRecorder.PATIENCE.minusMillis(50), JobRecorder.PATIENCE.plus(MORE));
            assertThat(job.state().away()).isTrue();
            assertThat(took(() -> job.command().step("b", false, null, Duration.ZERO)))
                    .isBetween(LESS_PATIENCE.minusMillis(50), LESS_PATIENCE.plus(MORE));
            assertThat(took(() -> job.command().end(null, null)))
                    .isBetween(JobRecorder.PATIENCE.minusMillis(50), JobRecorder.PATIENCE.plus(MORE));
        }
    }

    @Test
    void patience_afterASuccess_isFullAgain() throws Exception {
        try (var server = Collector.start().answering(Answer.of(503, ""))) {
            var job = new Job(directory, server.url());
            job.command().start("a");
            assertThat(job.state().away()).isTrue();

            server.answering(Answer.STORED);
            job.command().step("b", false, null, Duration.ZERO);

            assertThat(job.state().away()).isFalse();
            assertThat(job.state().unsent()).isEmpty();
        }
    }

    @Test
    void record_wrongToken_keepsTheSpansUntilItIsRight() throws Exception {
        try (var server = Collector.start().answering(Answer.of(401, "{\"message\":\"The token has expired.\"}"))) {
            var job = new Job(directory, server.url());
            job.command().start("a");

            assertThat(job.said())
                    .containsExactly("deploytrace: the server at " + server.url() + " answered with 401: The token has"
                            + " expired. Check that DEPLOYTRACE_TOKEN is this job's token and hasn't run out. 1 span"
                            + " will be sent by the next command.");
            assertThat(job.state().away()).isFalse();
            server.answering(Answer.STORED);
            job.command().step("b", false, null, Duration.ZERO);
            assertThat(new TreeSet<>(server.sentIds())).hasSize(2);
            assertThat(job.state().unsent()).isEmpty();
        }
    }

    @Test
    void record_moreThanIsKept_isCountedAtTheEnd() throws Exception {
        try (var server = Collector.start()) {
            var job = new Job(directory, server.url());
            job.change(
                    state -> new JobState(state.traceId(), List.of(), Sending.spans(JobState.MOST_UNSENT), 0, false));
            job.command().step("one more", false, null, Duration.ZERO);
            job.command().end(null, null);

            assertThat(job.said()).endsWith("deploytrace: 1 span of this job couldn't be recorded.");
            assertThat(server.sentIds()).startsWith("s1", "s2");
        }
    }
}
