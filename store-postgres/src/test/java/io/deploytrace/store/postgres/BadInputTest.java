package io.deploytrace.store.postgres;

import static io.deploytrace.store.postgres.TestSpans.START;
import static io.deploytrace.store.postgres.TestSpans.deadline;
import static io.deploytrace.store.postgres.TestSpans.root;
import static io.deploytrace.store.postgres.TestSpans.span;
import static io.deploytrace.store.postgres.TestSpans.spanId;
import static io.deploytrace.store.postgres.TestSpans.stored;
import static io.deploytrace.store.postgres.TestSpans.trace;
import static io.deploytrace.store.postgres.TestSpans.traceId;
import static io.deploytrace.store.postgres.TestSpans.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store refuses, in words that name the thing and the remedy; nothing of the call is written. */
class BadInputTest {

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    private UUID workspace;
    private PostgresSpanStore store;

    @BeforeEach
    void createStore() {
        workspace = database.createWorkspace();
        store = PostgresSpanStore.builder(database.dataSource()).build();
    }

    @AfterEach
    void nothingWasWritten() {
        assertThat(stored(database.dataSource())).isEmpty();
        assertThat(database.query("select * from deployment_trace")).isEmpty();
    }

    @Test
    void write_spanWithoutWorkspaceId_isRefused() {
        var span = spanOf(traceId(1), spanId(1), null, START.plusSeconds(1), Attributes.empty());

        assertRefused(span, "attribute ctrlplane.workspace_id is missing: it must be the workspace's id, a UUID");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "acme", "0B8F6A52-6E0C-4D52-8D0E-3C8F6B1A9D47", "0b8f6a526e0c4d528d0e3c8f6b1a9d47"})
    void write_workspaceIdThatIsNoUuid_isRefused(String id) {
        assertRefused(
                with(root(workspace, 1), Attributes.of("ctrlplane.workspace_id", id)),
                "attribute ctrlplane.workspace_id \"" + id + "\" must be the workspace's id, a UUID in lower case");
    }

    @Test
    void write_unknownWorkspace_isNamed() {
        var unknown = UUID.randomUUID();

        assertThatThrownBy(() -> write(trace(unknown, 1, 3)))
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_WORKSPACE))
                .hasMessage("There is no workspace " + unknown
                        + ": create it first, with \"deploytrace workspace create\" or in the application that the"
                        + " workspaces belong to. None of the 3 spans was written.");
    }

    @Test
    void write_unknownWorkspaceAmongOthers_isTheOneNamed() {
        var unknown = UUID.randomUUID();

        assertThatThrownBy(() -> write(List.of(root(workspace, 1), root(unknown, 2), span(workspace, 3, 2))))
                .hasMessageStartingWith("There is no workspace " + unknown + ":");
        assertThatThrownBy(() -> write(List.of(root(workspace, 1), root(unknown, 2))))
                .hasMessageStartingWith("There is no workspace " + unknown + ":");
    }

    @Test
    void write_nulInATextOrInJson_isRefused() {
        var inColumn = Attributes.of("ctrlplane.job_id", "a\0b");
        var inValue = Attributes.of("note", List.of("fine", "a\0b"));
        var inKey = Attributes.of("no\0te", 1);

        assertRefused(with(root(workspace, 1), inColumn), "contains NUL at index 1");
        assertRefused(with(root(workspace, 1), inValue), "contains NUL at index 1");
        assertRefused(with(root(workspace, 1), inKey), "contains NUL at index 2");
        assertRefused(
                TestSpans.withEvents(root(workspace, 1), List.of(new SpanEvent("a\0b", START, Attributes.empty()))),
                "contains NUL at index 1");
    }

    @Test
    void write_loneSurrogate_isRefused() {
        assertRefused(
                with(root(workspace, 1), Attributes.of("note", "half \uD83D!")), "half of a surrogate pair at index 5");
        assertRefused(with(root(workspace, 1), Attributes.of("note", Map.of("\uDE00", 1))), "half of a surrogate pair");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "ABCDEF00000000000000000000000001",
                "00000000000000000000000000000000",
                "g0000000000000000000000000000001"
            })
    void write_traceIdThatIsNone_isRefused(String id) {
        assertRefused(
                spanOf(id, spanId(1), null, START.plusSeconds(1), workspaceAttribute()),
                "must be 32 lower-case hex digits that are not all zeros");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "ABCDEF0000000001", "0000000000000000"})
    void write_spanIdThatIsNone_isRefused(String id) {
        assertRefused(
                spanOf(traceId(1), id, null, START.plusSeconds(1), workspaceAttribute()),
                "must be 16 lower-case hex digits");
        assertRefused(
                spanOf(traceId(1), spanId(1), id, START.plusSeconds(1), workspaceAttribute()),
                "must be 16 lower-case hex digits");
    }

    @Test
    void write_attributeOf10Megabytes_isRefusedWithTheLimit() {
        assertRefused(
                with(root(workspace, 1), Attributes.of("log", "x".repeat(10_000_000))),
                "has 10000000 characters, but at most 1048576 can be stored");
    }

    @Test
    void write_textTooLongForItsColumn_isRefused() {
        assertRefused(
                with(root(workspace, 1), Attributes.of("ctrlplane.job_id", "x".repeat(513))),
                "has 513 characters, but at most 512 can be stored");
    }

    @Test
    void write_endBeforeStart_isRefused() {
        assertRefused(span(workspace, 1, 1, START.minusSeconds(1), Attributes.empty()), "lies before the start");
    }

    @Test
    void write_timeBeforeChrist_isRefused() {
        assertRefused(
                TestSpans.withEvents(
                        root(workspace, 1),
                        List.of(new SpanEvent("e", Instant.parse("-0044-03-15T12:00:00Z"), Attributes.empty()))),
                "must lie in the years 1 to 9999");
    }

    @Test
    void write_oneBadSpanAmongAThousand_writesNothing() {
        var spans = new ArrayList<>(trace(workspace, 1, 999));
        spans.add(500, with(span(workspace, 1, 1_000), Attributes.of("note", "\0")));

        assertThatThrownBy(() -> write(spans))
                .hasMessageContaining("Span " + spanId(1_000))
                .hasMessageContaining("NUL");
    }

    @Test
    void write_oneSpanThatTheDatabaseRefusesAmongAThousand_writesNothing() {
        database.execute("alter table deployment_trace_span add check (name <> 'Rule 500')");

        assertThatThrownBy(() -> write(trace(workspace, 1, 1_000)))
                .hasMessageContaining("None of the 1000 spans was written.")
                .hasMessageContaining("deployment_trace_span_name_check");
    }

    private void assertRefused(Span span, String message) {
        assertThatThrownBy(() -> write(List.of(root(workspace, 2), span)))
                .isInstanceOfSatisfying(SpanStoreException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.INVALID_SPAN);
                    assertThat(failure.isRetryable()).isFalse();
                })
                .hasMessageStartingWith("Span " + span.spanId() + " of trace " + span.traceId() + ": ")
                .hasMessageContaining(message)
                .hasMessageEndingWith("Nothing was written.");
    }

    private Attributes workspaceAttribute() {
        return Attributes.of("ctrlplane.workspace_id", workspace.toString());
    }

    private static Span spanOf(String traceId, String spanId, String parent, Instant end, Attributes attributes) {
        return new Span(traceId, spanId, parent, "name", START, end, attributes, List.of());
    }

    private void write(List<Span> spans) {
        store.write(spans, deadline());
    }
}
