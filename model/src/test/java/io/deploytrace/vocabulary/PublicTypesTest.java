package io.deploytrace.vocabulary;

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
        assertPublic(
                "query",
                "Blocker",
                "Cause",
                "Completeness",
                "Outcome",
                "Streak",
                "TargetWhy",
                "TraceNode",
                "TraceNode$Placement",
                "TraceSummary",
                "TraceTree",
                "Why");
        assertPublic(
                "span", "Attributes", "Attributes$Builder", "Rfc3339", "Span", "SpanEvent", "SpanKey", "TextCheck");
        assertPublic(
                "store",
                "Answers",
                "ApiKey",
                "ApiKeyStore",
                "ApiKeyStore$Issued",
                "Deadline",
                "FailedDecision",
                "InMemorySpanStore",
                "Page",
                "PageCursor",
                "PageRequest",
                "Role",
                "SpanBatch",
                "SpanReader",
                "SpanStoreException",
                "SpanStoreException$Reason",
                "SpanWriter",
                "StoredTrace",
                "TimeRange",
                "TraceFilter",
                "TraceMaintenance",
                "TraceMaintenance$Removed",
                "Workspace",
                "WorkspaceStore",
                "WriteResult");
        assertPublic(
                "vocabulary",
                "AttributeKeys",
                "CheckResult",
                "Decision",
                "NodeType",
                "OtelKeys",
                "Phase",
                "Result",
                "SpanNames",
                "Status",
                "StepResult");
    }

    private static void assertPublic(String name, String... types) throws IOException {
        try (var classes = Files.list(Path.of("target/classes/io/deploytrace/" + name))) {
            assertThat(classes.map(file -> file.getFileName().toString().replace(".class", ""))
                            .filter(type -> isPublic("io.deploytrace." + name + "." + type)))
                    .containsExactlyInAnyOrder(types);
        }
    }

    private static boolean isPublic(String type) {
        try {
            return Modifier.isPublic(Class.forName(type).getModifiers());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
