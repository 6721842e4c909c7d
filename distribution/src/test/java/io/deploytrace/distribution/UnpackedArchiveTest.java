package io.deploytrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.testkit.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is after its archive was unpacked, where there is nothing else: no Java, no variable, no other program. */
class UnpackedArchiveTest {

    private static final Pattern LISTENING = Pattern.compile("Listening on (\\S+)");

    @TempDir
    private static Path directory;

    private static Path archive;
    private static Path program;
    private static Path empty;
    private static String data;

    @BeforeAll
    static void install() throws Exception {
        directory = directory.toRealPath();
        empty = Files.createDirectory(directory.resolve("empty"));
        data = directory.resolve("data").toString();
        archive = Archive.make(Files.createDirectory(directory.resolve("made")));
        program = Archive.unpack(archive, directory);
    }

    private static Command run(Map<String, String> variables, String... arguments) throws Exception {
        return run(program.resolve("deploytrace"), variables, arguments);
    }

    private static Command run(Path launcher, Map<String, String> variables, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        return Command.run(empty, variables, command);
    }

    private static Command version() {
        return new Command(0, "deploytrace " + System.getProperty("project.version") + "\n", "");
    }

    @Test
    void program_needsNoVariableAndNoOtherProgram() throws Exception {
        assertThat(run(Map.of(), "--version")).isEqualTo(version());
        assertThat(run(Map.of("PATH", "/nowhere"), "--version")).isEqualTo(version());
        assertThat(run(Map.of(), "help", "why").out()).contains(program + "/deploytrace why checkout-production");
    }

    /** A JVM can't pass such arguments on whatever its locale is; a shell can. */
    @Test
    void exec_givesItsCommandTheArgumentsAndTheEnvironmentThatItHas() throws Exception {
        var caller = Files.writeString(directory.resolve("caller"), """
                ulimit -S -n 512
                exec %s/deploytrace exec -- /bin/sh -c 'echo "$1 ${LC_ALL-none} $LANG $(ulimit -n)"' sh 'grün'
                """.formatted(program));

        var ran = Command.run(empty, Map.of("LANG", "xx_XX.UTF-8"), List.of("/bin/sh", caller.toString()));

        assertThat(ran.out()).isEqualTo("grün none xx_XX.UTF-8 512\n");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).startsWith("deploytrace: nothing is recorded: DEPLOYTRACE_TOKEN isn't set");
    }

    @Test
    void symbolicLink_isFollowed() throws Exception {
        var link = Files.createSymbolicLink(
                Files.createDirectory(directory.resolve("bin")).resolve("dt"),
                Path.of("..", program.getFileName().toString(), "deploytrace"));

        assertThat(run(link, Map.of(), "--version")).isEqualTo(version());
    }

    @Test
    void embeddedDatabase_runs() throws Exception {
        var created = run(Map.of(), "workspace", "create", "shop", "--data-dir", data);

        assertThat(created.exitCode()).as(created.err()).isZero();
        assertThat(run(Map.of(), "workspace", "list", "--data-dir", data).out())
                .contains(created.out().strip(), "shop");
    }

    @Test
    void server_answersAndEnds() throws Exception {
        var err = Files.createTempFile(directory, "serve", ".err");
        var builder = new ProcessBuilder(
                        program.resolve("deploytrace").toString(), "serve", "--port", "0", "--data-dir", data)
                .redirectError(err.toFile());
        builder.environment().clear();
        var server = builder.start();
        try {
            Await.until(() -> !server.isAlive() || LISTENING.matcher(read(err)).find());
            var listening = LISTENING.matcher(read(err));
            assertThat(listening.find()).as(read(err)).isTrue();
            var request = HttpRequest.newBuilder(URI.create(listening.group(1) + "/health/ready"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            var job = Map.of(
                    "DEPLOYTRACE_URL", listening.group(1),
                    "DEPLOYTRACE_TOKEN", "wrong",
                    "DEPLOYTRACE_STATE_DIR", empty.toString());
            assertThat(run(job, "exec", "--", "/bin/echo", "ran").out()).isEqualTo("ran\n");
            assertThat(run(job, "end").err()).contains("answered with 401", "1 span is still unsent");
        } finally {
            server.destroy();
            assertThat(server.waitFor()).isZero();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void cachesOfClasses_areMadeBehindTheFirstCommand_andAreOfUse() throws Exception {
        run(Map.of(), "help");
        Await.until(() -> !caches().isEmpty());
        assertThat(run(program.resolve("prepare"), Map.of())).isEqualTo(new Command(0, "", ""));

        assertThat(caches()).hasSize(2);
        for (var cache : caches()) {
            var java = program.resolve("runtime/bin/java");
            var used = run(
                    java,
                    Map.of(),
                    "-Xshare:on",
                    "-XX:SharedArchiveFile=" + cache,
                    "-XX:+UseSerialGC",
                    "-jar",
                    jarOf(cache).toString(),
                    "--version");
            assertThat(used).isEqualTo(version());
        }
    }

    /** The commands of CI jobs have a jar of their own. */
    private static Path jarOf(Path cache) {
        var version = System.getProperty("project.version");
        return cache.getFileName().toString().contains(version + "-ci-")
                ? program.resolve("lib/deploytrace-ci-" + version + ".jar")
                : program.resolve("deploytrace.jar");
    }

    private static List<Path> caches() {
        try (var files = Files.newDirectoryStream(program.resolve("classes"), "*[0-9].jsa")) {
            var found = new ArrayList<Path>();
            files.forEach(found::add);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Beans and points of java.desktop are what some libraries offer, and nothing here uses. */
    @Test
    void runtime_hasTheModulesThatTheLibrariesUse() throws Exception {
        var listed = new HashSet<>(Set.of("java.desktop"));
        run(program.resolve("runtime/bin/java"), Map.of(), "--list-modules")
                .out()
                .lines()
                .map(line -> line.split("@", -1)[0])
                .forEach(listed::add);
        var used = new StringWriter();
        var arguments = new ArrayList<>(List.of(
                "--ignore-missing-deps",
                "--multi-release",
                "17",
                "--print-module-deps",
                program.resolve("deploytrace.jar").toString()));
        try (var libraries = Files.newDirectoryStream(program.resolve("lib"))) {
            libraries.forEach(library -> arguments.add(library.toString()));
        }

        ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(used, true),
                        new PrintWriter(Writer.nullWriter()),
                        arguments.toArray(String[]::new));

        assertThat(listed)
                .contains(used.toString()
                        .lines()
                        .reduce((first, last) -> last)
                        .orElseThrow()
                        .split(",", -1));
    }

    @Test
    void withoutAJavaOfItsOwn_usesTheOneThatIsThere() throws Exception {
        var plain = Files.createDirectory(directory.resolve("plain"));
        for (var part : List.of("deploytrace.jar", "lib")) {
            Files.createSymbolicLink(plain.resolve(part), program.resolve(part));
        }
        var launcher = Files.copy(program.resolve("deploytrace"), plain.resolve("deploytrace"));

        assertThat(run(launcher, Map.of("JAVA_HOME", System.getProperty("java.home"), "PATH", "/nowhere"), "--version"))
                .isEqualTo(version());
        assertThat(run(launcher, Map.of("PATH", "/nowhere"), "--version"))
                .isEqualTo(new Command(
                        4, "", "deploytrace: no Java found. Install a Java 17 or newer, or set JAVA_HOME to one.\n"));
        assertThat(run(launcher, Map.of("JAVA_HOME", "/nowhere"), "--version").err())
                .isEqualTo(
                        "deploytrace: JAVA_HOME is /nowhere, but there is no bin/java in it. Set it to a Java 17 or newer.\n");
    }

    @Test
    void withoutJava_theCommandsOfJobsBreakNothing() throws Exception {
        var alone = Files.copy(program.resolve("deploytrace"), directory.resolve("alone"));
        var variables = Map.of("PATH", "/nowhere");
        var noJava = "deploytrace: no Java found. Install a Java 17 or newer, or set JAVA_HOME to one.\n";

        assertThat(run(alone, variables, "exec", "--name", "Test", "--", "/bin/sh", "-c", "echo ran; exit 3"))
                .isEqualTo(new Command(3, "ran\n", noJava));
        assertThat(run(alone, variables, "exec", "--name=Test", "/bin/echo", "--", "ran"))
                .isEqualTo(new Command(0, "-- ran\n", noJava));
        assertThat(run(alone, variables, "exec", "--name", "Test")).isEqualTo(new Command(2, "", noJava));
        assertThat(run(alone, variables, "step", "x", "--result", "pass")).isEqualTo(new Command(0, "", noJava));
    }

    @Test
    @EnabledIfSystemProperty(named = "distribution.again", matches = "true")
    void archive_madeAgainElsewhere_isTheSame() throws Exception {
        var again = Archive.make(Files.createDirectories(directory.resolve("made/again")));

        assertThat(Files.mismatch(archive, again)).isEqualTo(-1);
    }
}
