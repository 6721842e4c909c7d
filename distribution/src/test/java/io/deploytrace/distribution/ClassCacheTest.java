package io.deploytrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JVM's cache of loaded classes as the launcher of a checkout makes it: JDK 17 crashes on some that it makes itself. */
class ClassCacheTest {

    @TempDir
    private Path directory;

    @Test
    void program_runsWithACacheOfItsClasses() throws Exception {
        var cache = directory.resolve("cache.jsa");
        var jar = Archive.program().resolve("deploytrace.jar");
        assertThat(java(
                                jar,
                                "-XX:ArchiveClassesAtExit=" + cache,
                                "workspace",
                                "list",
                                "--database-url",
                                "postgres://n:n@127.0.0.1:1/n")
                        .exitCode())
                .isEqualTo(3);
        assertThat(cache).isNotEmptyFile();

        for (var command : List.of("list", "exec", "key create", "completion")) {
            var words = new ArrayList<>(List.of("help"));
            words.addAll(List.of(command.split(" ", -1)));
            var help = java(jar, "-XX:SharedArchiveFile=" + cache, words.toArray(String[]::new));
            assertThat(help.out()).contains("Usage: deploytrace " + command);
            assertThat(help.exitCode()).isZero();
        }
    }

    private Command java(Path jar, String option, String... arguments) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command =
                new ArrayList<>(List.of(java, option, "-XX:+UseSerialGC", "-Xlog:disable", "-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return Command.run(directory, Map.of(), command);
    }
}
