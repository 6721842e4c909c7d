package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.testkit.Await;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a CI job records by commands in processes of their own, against a server in a process of its own. */
class CiCommandsTest {

    /** What a command may take on a busy machine beside its two seconds for the server. */
    private static final Duration START_OF_JAVA = Duration.ofSeconds(8);

    /** The program as a shell calls it. */
    private static final String PROGRAM =
            ProgramCommand.ofCi().stream().map(Environment::shellWord).collect(Collectors.joining(" "));

    private static String databaseUrl;
    private static RunningServer server;

    @TempDir
    private Path directory;

    private CiJob job;

    @BeforeAll
    static void startServer() throws Exception {
        databaseUrl = TestDatabase.createMigrated();
        server = RunningServer.start(databaseUrl);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void trigger() {
        job = CiJob.trigger(databaseUrl, server.url(), directory);
    }

    @Test
    void stepsInSeveralShells_areOneTraceBelowTheJob() throws Exception {
        job.quietly("start", "Build");
        job.quietly("step", "compile", "--result", "pass", "--message", "no warnings", "--duration", "3s");
        job.quietly("metadata", "image", "shop:1.10");
        job.quietly("metadata", "registry_password", "hunter2");
        assertThat(job.run("exec", "--name", "unit tests", "--", "sh", "-c", "exit 7"))
                .isEqualTo(new TestProgram.Result(7, "", ""));
        job.quietly("end");
        job.quietly("step", "notify", "--result=pass");

        assertThat(job.outline())
                .containsExactly(
                        "Build failed",
                        "  compile completed: no warnings",
                        "  unit tests failed: exit code 7",
                        "notify completed");
        var compile = job.span("compile");
        assertThat(Duration.between(compile.startTime(), compile.endTime())).isEqualTo(Duration.ofSeconds(3));
        assertThat(job.span("Build").events().stream()
                        .map(event -> event.attributes().asMap().toString()))
                .containsExactly("{image=shop:1.10}", "{registry_password=***}");
        assertThat(job.span("unit tests").attributes().asMap())
                .containsEntry("process.executable.name", "sh")
                .containsEntry("process.exit.code", 7L)
                .containsEntry("cicd.pipeline.task.run.result", "failure");
    }

    @Test
    void parallelSteps_areAllRecorded() throws Exception {
        job.quietly("start", "Tests");
        var processes = new ArrayList<Process>();
        for (var number = 0; number < 20; number++) {
            processes.add(
                    job.program("step", "test " + number, "--result", "pass").start());
        }
        for (var process : processes) {
            assertThat(TestCheckout.result(process)).isEqualTo(new TestProgram.Result(0, "", ""));
        }
        job.quietly("end");

        var expected = IntStream.range(0, 20).mapToObj(number -> "  test " + number + " completed");
        assertThat(job.outline().get(0)).isEqualTo("Tests completed");
        assertThat(job.outline().stream().skip(1)).containsExactlyInAnyOrderElementsOf(expected.toList());
    }

    @Test
    void branchesInParallel_eachNestInTheirOwn() throws Exception {
        job.quietly("start", "Build");
        var linux = branch("linux", "pass");
        var macos = branch("macos", "fail");
        assertThat(TestCheckout.result(linux)).isEqualTo(new TestProgram.Result(0, "", ""));
        assertThat(TestCheckout.result(macos)).isEqualTo(new TestProgram.Result(0, "", ""));
        job.quietly("end");

        assertThat(job.outline().get(0)).isEqualTo("Build failed");
        assertThat(job.outline())
                .containsSubsequence("  linux completed", "    compile completed", "      link pass completed")
                .containsSubsequence("  macos completed", "    compile failed", "      link fail failed")
                .hasSize(7);
    }

    private Process branch(String name, String result) throws IOException {
        var script = PROGRAM + " start compile >/dev/null; " + PROGRAM + " step 'link " + result + "' --result "
                + result + "; " + PROGRAM + " end";
        return job.program("exec", "--name", name, "--", "sh", "-c", script).start();
    }

    @Test
    void serverThatIsAway_costsLittle_andNothingIsMissingAtTheEnd() throws Exception {
        var databaseOfItsOwn = TestDatabase.createMigrated();
        var port = freePort();
        var late = CiJob.trigger(databaseOfItsOwn, "http://127.0.0.1:" + port, directory);

        var start = System.nanoTime();
        var first = late.run("step", "build", "--result", "pass");
        var second = late.run("exec", "--name", "test", "--", "sh", "-c", "echo tested");
        var took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(first.err())
                .isEqualTo("deploytrace: the server at http://127.0.0.1:" + port
                        + " can't be reached: Connection refused. 1 span will be sent by the next command.\n");
        assertThat(second.out()).isEqualTo("tested\n");
        assertThat(second.err()).contains("2 spans will be sent by the next command.");
        assertThat(took).isLessThan(START_OF_JAVA.multipliedBy(2));
        assertThat(late.run("end").err()).contains("2 spans are still unsent, kept in " + directory);
        try (var back = RunningServer.start(port, databaseOfItsOwn)) {
            assertThat(back.port()).isEqualTo(port);
            late.quietly("step", "deploy", "--result", "pass");
        }
        assertThat(late.outline()).containsExactly("build completed", "test completed", "deploy completed");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void serverThatNeverAnswers_isLeftAfterTwoSeconds() throws Exception {
        try (var silent = new ServerSocket(0)) {
            job.set("DEPLOYTRACE_URL", "http://127.0.0.1:" + silent.getLocalPort());
            job.unset("DEPLOYTRACE_TIMEOUT");

            var start = System.nanoTime();
            var result = job.run("exec", "--", "true");

            assertThat(result.exitCode()).isZero();
            assertThat(result.err()).contains("it didn't answer in time");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(START_OF_JAVA);
        }
    }

    @Test
    void exec_passesInputAndOutputThroughUntouched() throws Exception {
        var bytes = new byte[1_000_000];
        new Random(7).nextBytes(bytes);
        var input = Files.write(directory.resolve("input"), bytes);
        var out = directory.resolve("out");
        var err = directory.resolve("err");

        var process = job.program("exec", "--", "sh", "-c", "tee /dev/stderr")
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();

        assertThat(process.waitFor()).isZero();
        assertThat(out).hasBinaryContent(bytes);
        assertThat(err).hasBinaryContent(bytes);
    }

    @Test
    void commandThatIsNotThere_isToldAsAShellDoes() throws Exception {
        assertThat(job.run("exec", "--", "no-such-command", "--help"))
                .isEqualTo(new TestProgram.Result(127, "", "deploytrace: no-such-command isn't there\n"));
        var file = Files.writeString(directory.resolve("plain"), "text");
        assertThat(job.run("exec", "--", file.toString()))
                .isEqualTo(new TestProgram.Result(126, "", "deploytrace: " + file + " can't be executed\n"));
        assertThat(job.outline())
                .containsExactly(
                        "no-such-command failed: no-such-command isn't there",
                        "plain failed: " + file + " can't be executed");
    }

    @Test
    void command_findsItsSpanAndNestsWhatItRuns() throws Exception {
        var script = "printenv OTEL_EXPORTER_OTLP_TRACES_ENDPOINT; " + PROGRAM + " start migrate >/dev/null; " + PROGRAM
                + " step apply --result pass; " + PROGRAM + " end; " + PROGRAM + " exec --name smoke -- true";

        var result = job.run("exec", "--name", "deploy", "--", "sh", "-c", script);

        assertThat(result).isEqualTo(new TestProgram.Result(0, server.url() + "/v1/traces\n", ""));
        assertThat(job.outline())
                .containsExactly("deploy completed", "  migrate completed", "    apply completed", "  smoke completed");
    }

    @Test
    void exitCode_thatIsNoSignals_isNotToldAsOne() throws Exception {
        job.run("exec", "--name", "ssh", "--", "sh", "-c", "exit 255");
        job.run("exec", "--name", "killed", "--", "sh", "-c", "kill -9 $$");

        assertThat(job.outline())
                .containsExactly("ssh failed: exit code 255", "killed failed: exit code 137 (signal 9)");
    }

    @Test
    void exec_javaThatLeavesSignalsAlone_runsTheCommand() throws Exception {
        var process = job.program(List.of("-Xrs"), "exec", "--", "echo", "ran").start();

        assertThat(TestCheckout.result(process)).isEqualTo(new TestProgram.Result(0, "ran\n", ""));
    }

    @Test
    void signal_reachesTheCommand_andItsExitCodeIsKept() throws Exception {
        var running = directory.resolve("running");
        for (var signal : List.of("TERM", "INT", "HUP")) {
            Files.deleteIfExists(running);
            var script = "trap 'exit 3' " + signal + "; touch " + running + "; while :; do sleep 0.05; done";
            var process = job.program("exec", "--name", "waits for " + signal, "--", "sh", "-c", script)
                    .start();
            Await.until(() -> Files.exists(running));

            kill(signal, process);

            assertThat(TestCheckout.result(process)).isEqualTo(new TestProgram.Result(3, "", ""));
        }
        assertThat(job.outline())
                .containsExactly(
                        "waits for TERM failed: exit code 3",
                        "waits for INT failed: exit code 3",
                        "waits for HUP failed: exit code 3");
    }

    @Test
    void commandThatASignalEnds_isRecordedAsFailed() throws Exception {
        var running = directory.resolve("running");
        var script = "touch " + running + "; exec sleep 600";
        var process = job.program("exec", "--name", "sleeps", "--", "sh", "-c", script)
                .start();
        Await.until(() -> Files.exists(running));

        kill("TERM", process);

        assertThat(TestCheckout.result(process)).isEqualTo(new TestProgram.Result(143, "", ""));
        assertThat(job.outline()).containsExactly("sleeps failed: ended by signal TERM");
    }

    private static void kill(String signal, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void execThatIsKilled_leavesItsSpanOpen() throws Exception {
        var process =
                job.program("exec", "--name", "sleeps", "--", "sleep", "600").start();
        Await.until(() -> !job.spans().isEmpty());
        var child = process.children().toList();

        process.destroyForcibly().waitFor();
        child.forEach(ProcessHandle::destroyForcibly);

        assertThat(job.outline()).containsExactly("sleeps running");
        job.quietly("step", "goes on", "--result", "pass");
        assertThat(job.outline()).containsExactly("sleeps running", "goes on completed");
    }

    /** As runners do that cancel a job: they kill what runs, and still let it clean up. */
    @Test
    void execThatIsKilled_failsWhatSurroundsIt() throws Exception {
        job.quietly("start", "release");
        var process =
                job.program("exec", "--name", "sleeps", "--", "sleep", "600").start();
        Await.until(() -> job.spans().size() == 2);
        var child = process.children().toList();

        process.destroyForcibly().waitFor();
        child.forEach(ProcessHandle::destroyForcibly);
        job.quietly("end");

        assertThat(job.outline()).containsExactly("release failed", "  sleeps failed: killed");
    }

    @Test
    void wrongUsage_isSaidAsForEveryCommand() throws Exception {
        assertThat(job.run("step", "compile", "--result", "maybe"))
                .isEqualTo(new TestProgram.Result(ExitCode.USAGE, "", """
                        deploytrace step: Invalid value for option '--result': 'maybe' is none of pass, fail
                        Try 'deploytrace step --help'.
                        """));
        assertThat(job.run("step", "compile", "--result", "pass", "--duration", "99999w")
                        .err())
                .startsWith("deploytrace step: Invalid value for option '--duration': '99999w' is more than 50 years");
        assertThat(job.run("start", " ").err()).isEqualTo("deploytrace: NAME must not be empty.\n");
        assertThat(job.run("exec").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(job.run("metadata", "--help").out()).startsWith("Usage: deploytrace metadata");
        assertThat(job.spans()).isEmpty();
    }

    @Test
    void commands_loadNeitherServerNorDatabase() throws Exception {
        var log = directory.resolve("classes.log");
        var options = List.of("-Xlog:class+load:file=" + log);
        assertThat(TestCheckout.result(
                                job.program(options, "exec", "--", "true").start())
                        .exitCode())
                .isZero();

        var loaded = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(loaded).contains("io.deploytrace.ci.JobRecorder");
        assertThat(loaded)
                .doesNotContain("picocli", "com.linecorp", "io.netty", "org.flywaydb", "com.zaxxer", "org.postgresql")
                .doesNotContain("io.opentelemetry", "java.net.http", "io.deploytrace.server", "io.deploytrace.store");
    }
}
