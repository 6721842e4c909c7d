package io.deploytrace.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.cli.Main;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** An archive with a Java of its own, made of the program that this build has just packaged. */
final class Archive {

    private static final Path SCRIPT = Path.of("build").toAbsolutePath();

    private Archive() {}

    /** Makes the archive below the directory; skips the test where there is nothing to make it of. */
    static Path make(Path directory) throws IOException, InterruptedException {
        var script = List.of(SCRIPT.toString(), program().toString(), directory.toString(), "runtime");
        var made = Command.run(
                directory, Map.of("PATH", System.getenv("PATH"), "JAVA_HOME", System.getProperty("java.home")), script);
        assertThat(made.exitCode()).as(made.err()).isZero();
        return Path.of(made.out().strip());
    }

    /** Where the program's jar is, with its libraries beside it. */
    static Path program() {
        try {
            var code = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Assumptions.assumeTrue(
                    Files.isRegularFile(code),
                    "The program isn't packaged, so there is nothing to install: use './mvnw verify'.");
            return code.getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Unpacks the archive into the directory, and answers with the program's. */
    static Path unpack(Path archive, Path directory) throws IOException, InterruptedException {
        var tar = List.of("tar", "-xzf", archive.toString(), "-C", directory.toString());
        assertThat(Command.run(directory, Map.of("PATH", System.getenv("PATH")), tar)
                        .exitCode())
                .isZero();
        return directory.resolve("deploytrace-" + System.getProperty("project.version"));
    }
}
