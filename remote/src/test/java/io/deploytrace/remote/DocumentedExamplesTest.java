package io.deploytrace.remote;

import io.deploytrace.testkit.DocumentedExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The Java in the manual is the Java that these tests run. */
class DocumentedExamplesTest {

    private static final Path ROOT = Path.of("..");
    private static final Path TESTS = Path.of("src/test/java/io/deploytrace/remote");

    @Test
    void manual_showsEveryExampleAsItIsTested() throws IOException {
        DocumentedExamples.in(TESTS).areAllShownIn(Files.readString(ROOT.resolve("docs/remote.md")));
    }
}
