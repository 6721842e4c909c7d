package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares output with a file under {@code src/test/resources/golden}. With {@code -Dgolden.write=true} it writes the files
 * instead, to be read before they are committed.
 */
final class Golden {

    private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    static void assertGolden(String name, String output) {
        var file = DIRECTORY.resolve(name);
        try {
            if (Boolean.getBoolean("golden.write")) {
                Files.createDirectories(DIRECTORY);
                Files.writeString(file, output);
            }
            assertThat(output).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError("There is no golden file " + file + ": run with -Dgolden.write=true", e);
        }
    }
}
