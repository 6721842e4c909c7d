package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** To make a type public is a decision: it is then a promise to users. */
class PublicTypesTest {

    @Test
    void publicTypes_areThese() throws IOException {
        try (var classes = Files.list(Path.of("target/classes/io/deploytrace/recorder"))) {
            assertThat(classes.map(file -> file.getFileName().toString().replace(".class", ""))
                            .filter(PublicTypesTest::isPublic))
                    .containsExactlyInAnyOrder(
                            "Action",
                            "Check",
                            "EligibilityPhase",
                            "Evaluation",
                            "ExecutionPhase",
                            "InvalidJobTokenException",
                            "Job",
                            "JobReference",
                            "JobToken",
                            "JobTokens",
                            "Node",
                            "PlanningPhase",
                            "ReconcileTarget",
                            "ReconcileTargetBuilder",
                            "SpanWriterExporter");
        }
    }

    private static boolean isPublic(String name) {
        try {
            return Modifier.isPublic(
                    Class.forName("io.deploytrace.recorder." + name).getModifiers());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
