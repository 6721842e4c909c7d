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
                "Diff",
                "Fanout",
                "FanoutGroup",
                "FanoutTarget",
                "Flapping",
                "History",
                "HistoryFold",
                "HistoryLine",
                "HistoryLine$Flapping",
                "Holder",
                "Metadata",
                "MissingParent",
                "NotOnRecord",
                "OpenStep",
                "Outcome",
                "Outline",
                "SimilarNames",
                "StepChange",
                "StepChange$Change",
                "StepKind",
                "StepState",
                "Streak",
                "TargetDiff",
                "TargetWhy",
                "TraceAbsence",
                "TraceBrief",
                "TraceNode",
                "TraceNode$Placement",
                "TraceRun",
                "TraceSummary",
                "TraceTree",
                "ValueChange",
                "Why");
        assertPublic(
                "span",
                "Attributes",
                "Attributes$Builder",
                "DurationText",
                "Masking",
                "Moment",
                "Rfc3339",
                "Span",
                "SpanEvent",
                "SpanKey",
                "TextCheck");
        assertPublic(
                "store",
                "Answers",
                "ApiKey",
                "ApiKeyStore",
                "ApiKeyStore$Issued",
                "ChangedTraces",
                "ChangedTraces$Status",
                "ChangesRequest",
                "Deadline",
                "FailedDecision",
                "InMemorySpanStore",
                "Leases",
                "Page",
                "PageCursor",
                "PageRequest",
                "RecentTrace",
                "Role",
                "SearchText",
                "SpanBatch",
                "SpanColumn",
                "SpanFilter",
                "SpanReader",
                "SpanStoreException",
                "SpanStoreException$Reason",
                "SpanWriter",
                "StoredTrace",
                "TargetFilter",
                "TargetState",
                "TimeRange",
                "TraceChanges",
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
                "CicdKeys",
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
