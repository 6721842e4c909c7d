package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.ci.Collector.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job's commands record, and what they say when they can't. */
class JobRecorderTest {

    private static final String SUCCESS = "\"status\":{\"code\":1}";
    private static final String FAILURE = "\"status\":{\"code\":2}";

    @TempDir
    Path directory;

    private Collector server;
    private Job job;

    @BeforeEach
    void startServer() throws IOException {
        server = Collector.start();
        job = new Job(directory, server.url());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private String span(String name) {
        return server.spans().values().stream()
                .filter(span -> span.contains("\"name\":\"" + name + "\""))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span " + name + " in " + server.spans()));
    }

    private static String id(java.util.Optional<String> traceparent) {
        return Traceparent.parse(traceparent.orElseThrow()).spanId();
    }

    private static void everyCommand(JobRecorder recorder) {
        assertThat(recorder.start("a")).isEmpty();
        recorder.step("b", false, null, Duration.ZERO);
        recorder.metadata("c", "d");
        recorder.end(null, null);
        var command = recorder.begin("e", "f");
        assertThat(command.variables()).isEmpty();
        command.end(1, "g");
    }

    private void assertEverythingSays(String warning) {
        everyCommand(job.command());
        assertThat(job.said()).hasSize(5).containsOnly("deploytrace: nothing is recorded: " + warning);
        assertThat(server.received()).isEmpty();
    }

    @Test
    void record_noToken_saysSoOnceACommandAndThrowsNothing() {
        job.with("DEPLOYTRACE_TOKEN", "");

        assertEverythingSays("DEPLOYTRACE_TOKEN isn't set. The controller that triggers the job hands it over, or"
                + " 'deploytrace token' does.");
    }

    @Test
    void record_badToken_saysSo() {
        job.with("DEPLOYTRACE_TOKEN", "not a token");

        assertEverythingSays("DEPLOYTRACE_TOKEN isn't a token: it holds spaces or other characters.");
    }

    @Test
    void record_badUrl_saysSo() {
        job.with("DEPLOYTRACE_URL", "example.com");

        assertEverythingSays("DEPLOYTRACE_URL must be the address of the server, such as"
                + " https://deploytrace.example.com, but is 'example.com'.");
    }

    @Test
    void record_noPlaceForTheFile_saysSo() throws Exception {
        var file = Files.createFile(directory.resolve("file"));
        job.with("DEPLOYTRACE_STATE_DIR", file.toString());

        assertEverythingSays(file + " can't be used (FileAlreadyExistsException). Set DEPLOYTRACE_STATE_DIR to a"
                + " directory that this user may write.");
    }

    @Test
    void record_directoryOfSomeoneElse_saysSo() throws Exception {
        var name = "deploytrace-" + System.getProperty("user.name");
        var link = Files.createSymbolicLink(directory.resolve(name), directory);

        assertEverythingSays(link + " must be a directory that its user alone may use. Remove it, or set"
                + " DEPLOYTRACE_STATE_DIR to another place.");
    }

    @Test
    void start_spansWithinOneAnother_areOneTrace() {
        var outer = id(job.command().start("outer"));
        var inner = id(job.command().start("inner"));
        job.command().step("step", false, "done", Duration.ofSeconds(3));
        job.command().end(null, null);
        job.command().end(null, "all done");

        assertThat(span("outer"))
                .doesNotContain("parentSpanId")
                .contains("\"status\":{\"code\":1,\"message\":\"all done\"}");
        assertThat(span("inner")).contains("\"parentSpanId\":\"" + outer + "\"", SUCCESS);
        assertThat(span("step"))
                .contains(
                        "\"parentSpanId\":\"" + inner + "\"",
                        "\"startTimeUnixNano\":\"1767323042000000000\",\"endTimeUnixNano\":\"1767323045000000000\"");
        assertThat(server.received())
                .extracting(request -> request.body().replaceFirst(".*?\"traceId\":\"([^\"]*)\".*", "$1"))
                .hasSize(5)
                .allMatch(trace -> trace.equals(
                        server.received().get(0).body().replaceFirst(".*?\"traceId\":\"([^\"]*)\".*", "$1")));
        assertThat(job.said()).isEmpty();
    }

    @Test
    void end_stepThatFailed_failsWhatSurroundsItUnlessItIsSaidOtherwise() {
        job.command().start("outer");
        job.command().start("inner");
        job.command().step("step", true, "broken", Duration.ZERO);
        job.command().end(false, null);
        job.command().end(null, null);

        assertThat(span("step")).contains("\"status\":{\"code\":2,\"message\":\"broken\"}");
        assertThat(span("inner")).contains(SUCCESS);
        assertThat(span("outer")).contains(FAILURE);
    }

    @Test
    void metadata_openSpan_isOnItWithItsTime() {
        job.command().start("deploy");
        job.command().metadata("version", "1.2");

        assertThat(span("deploy"))
                .contains("\"events\":[{\"timeUnixNano\":\"1767323045000000000\",\"name\":\"version\",\"attributes\":"
                        + "[{\"key\":\"version\",\"value\":{\"stringValue\":\"1.2\"}}]}]");
    }

    @Test
    void metadata_keyOfASecret_isMaskedInTheMessageAndInTheFile() throws Exception {
        job.command().start("deploy");
        server.answering(Answer.of(503, ""));
        job.command().metadata("db_password", "hunter2");

        assertThat(job.state().open().get(0).notes()).containsExactly(new Note("db_password", "***", Job.NOW));
        assertThat(job.text()).contains("db_password").doesNotContain("hunter2", Sending.TOKEN);
        assertThat(server.received().toString()).contains("db_password").doesNotContain("hunter2");
    }

    @Test
    void metadata_nothingOpen_saysWhatToDo() {
        job.command().metadata("version", "1");

        assertThat(job.said())
                .containsExactly("deploytrace: there is no open span to add 'version' to: begin one with 'start', or"
                        + " run the command with 'exec'.");
        assertThat(server.received()).isEmpty();
    }

    @Test
    void end_nothingOpen_saysWhatToDo() {
        job.command().end(null, null);

        assertThat(job.said())
                .containsExactly("deploytrace: there is no open span for 'end' to end: 'start' begins one.");
    }

    @Test
    void end_withinACommandThatStartedNothing_endsNotTheCommand() {
        job.command().start("outer");
        var command = job.command().begin("command", "sh");
        job.command(command.variables()).end(null, null);

        assertThat(job.said())
                .containsExactly("deploytrace: there is no open span for 'end' to end: 'start' begins one.");
        command.end(0, null);
        assertThat(span("command")).contains(SUCCESS);
        assertThat(span("outer")).doesNotContain("endTimeUnixNano");
    }

    @Test
    void start_textThatIsNotUnicode_isSentAndDelivered() throws Exception {
        job.command().start("lone \ud83d");
        job.command().end(null, "\ude80");

        assertThat(span("lone ?")).contains("\"message\":\"?\"");
        assertThat(job.state().unsent()).isEmpty();
        assertThat(job.said()).isEmpty();
    }

    @Test
    void start_jobOfACiSystem_carriesItsFactsAtTheTopAlone() {
        CiEnvironments.github().forEach(job::with);
        job.command().start("outer");
        job.command().start("inner");

        assertThat(span("outer")).contains("\"ci.system\"", "\"cicd.pipeline.name\"");
        assertThat(span("inner")).contains("\"attributes\":[]");
        assertThat(server.received().toString()).doesNotContain(CiEnvironments.SECRET + "-aws", "ghs_");
    }

    @Test
    void start_refusedSpan_isSaidAndCountedAtTheEnd() {
        server.answering(number -> number == 1
                ? Answer.of(200, "{\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":\"too long.\"}}")
                : Answer.STORED);
        job.command().start("a");
        job.command().end(null, null);

        assertThat(job.said())
                .isEqualTo(List.of(
                        "deploytrace: the server at " + server.url() + " refused 1 span: too long.",
                        "deploytrace: 1 span of this job couldn't be recorded."));
    }

    @Test
    void start_foreignTraceparent_isALinkAndNoParent() {
        var foreign = new Traceparent("f".repeat(32), "e".repeat(16));
        job.command(Map.of("TRACEPARENT", foreign.toString())).start("a");

        assertThat(span("a"))
                .doesNotContain("parentSpanId")
                .contains("\"links\":[{\"traceId\":\"" + foreign.traceId() + "\",\"spanId\":\"" + foreign.spanId()
                        + "\"}]");
    }
}
