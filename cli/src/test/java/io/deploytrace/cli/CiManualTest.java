package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.testkit.InstalledProgram;
import io.deploytrace.testkit.RawServer;
import io.deploytrace.vocabulary.AttributeKeys;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the manual for CI jobs shows is what a job prints, with a real server, and its scripts record what it says. */
class CiManualTest {

    private static final Path RECORD = Path.of("..", "examples", "curl", "record.sh");

    @TempDir
    private static Path shared;

    private static CiServer server;
    private static Path archive;

    @TempDir
    private Path directory;

    private CiServer.TriggeredJob job;
    private CiShell shell;

    @BeforeAll
    static void start() throws Exception {
        InstalledProgram.require("curl");
        server = CiServer.start();
        archive = PackagedProgram.pack(shared);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void trigger() throws Exception {
        job = server.trigger();
        shell = new CiShell(directory)
                .install(archive)
                .set("DEPLOYTRACE_TOKEN", job.token())
                .set("DEPLOYTRACE_URL", server.url());
    }

    /** The job of the manual's sessions. */
    private void prepareSession() throws Exception {
        shell.make("test");
        shell.setAll(Map.of(
                "GITLAB_CI", "true",
                "CI_PIPELINE_ID", "8123",
                "CI_JOB_NAME", "deploy",
                "CI_COMMIT_REF_NAME", "main"));
    }

    private void assertPrints(String session, int exitCode) throws Exception {
        var step = shell.run(CiSession.script(CiManual.session(session)));

        assertThat(CiSession.settled(step.log())).as(session).isEqualTo(CiSession.settled(CiManual.session(session)));
        assertThat(step.exitCode()).isEqualTo(exitCode);
    }

    private void assertShows() {
        var shown = "$ ./deploytrace show " + job.traceId() + "\n" + server.show(job);
        assertThat(CiSession.settled(shown)).isEqualTo(CiSession.settled(CiManual.session("show")));
    }

    @Test
    void sessions_printWhatIsShown() throws Exception {
        prepareSession();

        assertPrints("build", 0);
        assertPrints("test", 2);
        assertPrints("clean-up", 0);

        assertShows();
    }

    @Test
    void sessions_whileTheServerIsAway_printWhatIsShown_andLoseNothing() throws Exception {
        prepareSession();
        var port = InstalledProgram.freePort();
        shell.set("DEPLOYTRACE_URL", "http://127.0.0.1:" + port).set("DEPLOYTRACE_TIMEOUT", "");

        try (var silent = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            assertThat(silent.isBound()).isTrue();
            assertPrints("away-build", 0);
            assertPrints("away-test", 2);
        }
        server.restart(port);
        shell.set("DEPLOYTRACE_TIMEOUT", "60s");
        assertPrints("away-clean-up", 0);

        assertShows();
    }

    private Map<String, Span> recorded() {
        return server.recorded(job).stream().collect(Collectors.toMap(Span::name, Function.identity()));
    }

    /** What each span says, in the order in which they began. */
    private List<String> said() {
        return server.recorded(job).stream()
                .map(span -> {
                    var message = span.attributes().getString(AttributeKeys.MESSAGE);
                    return span.name() + " " + span.status() + (message == null ? "" : ": " + message);
                })
                .toList();
    }

    private void assertParent(String child, String parent) {
        var spans = recorded();
        assertThat(spans.get(child).parentSpanId())
                .as(child)
                .isEqualTo(spans.get(parent).spanId());
    }

    @Test
    void tenLines_recordWhatTheySay() throws Exception {
        var step = shell.run(CiManual.block("sh", "commands"));

        assertThat(step.exitCode()).as(step.log()).isZero();
        assertThat(said())
                .containsExactlyInAnyOrder(
                        "Deploy checkout completed: rolled back",
                        "Build completed",
                        "Verify failed",
                        "Check pods completed",
                        "Check endpoints failed: 503 from /health");
        assertParent("Build", "Deploy checkout");
        assertParent("Verify", "Deploy checkout");
        assertParent("Check pods", "Verify");
        assertParent("Check endpoints", "Verify");
    }

    @ParameterizedTest
    @CsvSource({"exit 3,3,exit code 3", "./missing,127,exit code 127", "kill -TERM $$,143,exit code 143 (signal 15)"})
    void exec_ofAShell_exitsAndSaysAsTheTableSays(String command, int exitCode, String message) throws Exception {
        var step = shell.run("deploytrace exec -- sh -c '" + command + "'");

        assertThat(step.exitCode()).as(step.log()).isEqualTo(exitCode);
        assertThat(said()).containsExactly("sh failed: " + message);
    }

    @Test
    void parallelBranches_keepTheirSpansApart() throws Exception {
        var step = shell.run(CiManual.block("sh", "parallel"));

        assertThat(step.exitCode()).as(step.log()).isZero();
        var spans = server.recorded(job);
        var byId = spans.stream().collect(Collectors.toMap(Span::spanId, Span::name));
        assertThat(spans)
                .extracting(span -> span.name() + " < " + byId.getOrDefault(span.parentSpanId(), "-"))
                .containsExactlyInAnyOrder(
                        "Release < -",
                        "Europe < Release",
                        "America < Release",
                        "Roll out < Europe",
                        "Roll out < America");
    }

    private void copyExamples() throws Exception {
        var copy = shell.work().resolve("examples/curl/record.sh");
        Files.createDirectories(copy.getParent());
        Files.copy(RECORD, copy);
    }

    /** The manual's script, with the address of the server that runs. */
    private CiShell.Step runCurl(String url) throws Exception {
        return shell.run(CiManual.block("sh", "curl").replace("https://deploytrace.example.com", url));
    }

    @Test
    void curlAlone_recordsThreeSteps() throws Exception {
        copyExamples();

        var step = runCurl(server.url());

        assertThat(step).isEqualTo(new CiShell.Step(0, "built checkout:5.3.5\n"));
        assertThat(said())
                .containsExactly("Deploy checkout completed", "Build completed", "Test completed", "Release completed");
        List.of("Build", "Test", "Release").forEach(name -> assertParent(name, "Deploy checkout"));
    }

    @Test
    void curlAlone_failedStep_failsTheJobAndItsSpan() throws Exception {
        copyExamples();
        shell.make("test");

        assertThat(runCurl(server.url()).exitCode()).isEqualTo(2);

        assertThat(said())
                .containsExactly("Deploy checkout failed: Test failed", "Build completed", "Test failed: exit code 2");
    }

    @Test
    void curlAlone_withoutAServer_runsTheSteps() throws Exception {
        copyExamples();

        var step = runCurl("http://127.0.0.1:" + InstalledProgram.freePort());

        assertThat(step.exitCode()).isZero();
        assertThat(step.log()).contains("built checkout:5.3.5", "curl: (7)").doesNotContain(job.token());
    }

    @Test
    void curlAlone_serverThatLeadsElsewhere_keepsWhatItRecordedAndSaysSo() throws Exception {
        copyExamples();
        try (var elsewhere = RawServer.start(client -> {
            RawServer.readRequest(client);
            client.getOutputStream()
                    .write("HTTP/1.1 301 Moved Permanently\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
        })) {
            var step = runCurl(elsewhere.url().toString());

            assertThat(step.exitCode()).isZero();
            assertThat(step.log())
                    .contains(elsewhere.url() + " answered with 301: nothing was recorded so far")
                    .doesNotContain(job.token());
        }
    }

    @Test
    void oneSpan_isRecordedByOneRequest() throws Exception {
        var step = shell.run(CiManual.block("sh", "span"));

        assertThat(step).isEqualTo(new CiShell.Step(0, ""));
        assertThat(said()).containsExactly("Deploy checkout completed: 5 of 5 pods ready");
    }

    @Test
    void blocks_areAllRun() {
        assertThat(CiManual.names())
                .containsExactlyInAnyOrder(
                        "show",
                        "build",
                        "test",
                        "clean-up",
                        "commands",
                        "parallel",
                        "away-build",
                        "away-test",
                        "away-clean-up",
                        "curl",
                        "span");
        assertThat(CiManual.blocks()).isEqualTo(CiManual.names().size());
    }
}
