package io.deploytrace.cli;

import io.deploytrace.testkit.GoldenFiles;
import java.nio.file.Path;

/** Compares output with a file under {@code src/test/resources/golden}. */
final class Golden {

    private static final GoldenFiles FILES = GoldenFiles.in(Path.of("src", "test", "resources", "golden"));

    private Golden() {}

    static String read(String name) {
        return FILES.read(name);
    }

    static void assertGolden(String name, String output) {
        FILES.assertHolds(name, output);
    }
}
