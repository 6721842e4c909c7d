package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.testkit.InstalledProgram;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Measures the figures of the manual for CI jobs: how long each command of its sessions takes, whatever the server does. */
@EnabledIfSystemProperty(named = "ci.figures", matches = "true")
class CiFiguresTest {

    private static final String TIMED = """
            start=$(date +%s%N)
            "$JOB_DIRECTORY/program/deploytrace" "$@"
            code=$?
            echo "$1 $((($(date +%s%N) - start) / 1000000)) ms" >>"$JOB_DIRECTORY/times"
            exit $code""";

    @TempDir
    private Path directory;

    @Test
    void sessions_takeAsLong() throws Exception {
        try (var server = CiServer.start()) {
            var archive = PackagedProgram.pack(Files.createDirectory(directory.resolve("archive")));
            var there = new CiShell(directory.resolve("there")).install(archive);
            print("there", run(there, server, server.url(), List.of("build", "test", "clean-up")));

            var port = InstalledProgram.freePort();
            var away = "http://127.0.0.1:" + port;
            var refused = new CiShell(directory.resolve("refused")).install(archive);
            print("refused", run(refused, server, away, List.of("build", "test")));

            var silent = new CiShell(directory.resolve("silent")).install(archive);
            try (var socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
                assertThat(socket.isBound()).isTrue();
                print("silent", run(silent, server, away, List.of("build", "test")));
            }
            server.restart(port);
            print("back", run(silent, List.of("clean-up")));
        }
    }

    private static List<String> run(CiShell shell, CiServer server, String url, List<String> sessions)
            throws Exception {
        PackagedProgram.write(shell.resolve("timed/deploytrace"), TIMED);
        shell.make("test");
        shell.set("DEPLOYTRACE_TIMEOUT", "");
        shell.prepend("PATH", shell.resolve("timed").toString())
                .set("DEPLOYTRACE_TOKEN", server.trigger().token())
                .set("DEPLOYTRACE_URL", url);
        return run(shell, sessions);
    }

    private static List<String> run(CiShell shell, List<String> sessions) throws Exception {
        var times = shell.resolve("times");
        Files.deleteIfExists(times);
        for (var session : sessions) {
            var unused = shell.run(CiSession.script(CiManual.session(session)));
        }
        return Files.readAllLines(times);
    }

    private static void print(String server, List<String> times) {
        Stream.concat(Stream.of(server), times.stream()).forEach(System.out::println);
    }
}
