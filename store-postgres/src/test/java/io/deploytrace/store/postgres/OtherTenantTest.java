package io.deploytrace.store.postgres;

import static io.deploytrace.store.postgres.TestSpans.deadline;
import static io.deploytrace.store.postgres.TestSpans.open;
import static io.deploytrace.store.postgres.TestSpans.root;
import static io.deploytrace.store.postgres.TestSpans.span;
import static io.deploytrace.store.postgres.TestSpans.spanId;
import static io.deploytrace.store.postgres.TestSpans.trace;
import static io.deploytrace.store.postgres.TestSpans.traceId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A write never touches, reads or tells anything of another tenant's rows. */
class OtherTenantTest {

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    private UUID mine;
    private UUID theirs;
    private PostgresSpanStore store;

    @BeforeEach
    void createStore() {
        mine = database.createWorkspace();
        theirs = database.createWorkspace();
        store = PostgresSpanStore.builder(database.dataSource()).build();
    }

    @Test
    void write_keyOfAnotherWorkspacesEndedSpan_isAConflict() {
        store.write(trace(theirs, 1, 2), deadline());

        assertConflict(trace(mine, 1, 1));
    }

    @Test
    void write_keyOfAnotherWorkspacesOpenSpan_isAConflict() {
        store.write(List.of(open(theirs, 1, 1, 1)), deadline());

        assertConflict(List.of(root(mine, 1)));
        assertConflict(List.of(open(mine, 1, 1, 5)));
    }

    @Test
    void write_oneTakenKeyAmongAThousand_writesNothing() {
        store.write(List.of(root(theirs, 77)), deadline());
        var spans = new ArrayList<Span>();
        for (var trace = 1; trace <= 1_000; trace++) {
            spans.add(root(mine, trace));
        }

        assertConflict(spans);
    }

    @Test
    void write_traceIdOfAnotherWorkspaceWithOtherSpans_keepsThemApart() {
        store.write(List.of(root(theirs, 1)), deadline());

        assertThat(store.write(List.of(span(mine, 1, 2)), deadline())).isEqualTo(new WriteResult(1, 0, 0));
        assertThat(store.trace(mine, traceId(1), deadline())).containsExactly(span(mine, 1, 2));
        assertThat(store.trace(theirs, traceId(1), deadline())).containsExactly(root(theirs, 1));
        assertThat(store.summary(mine, traceId(1), deadline())
                        .orElseThrow()
                        .summary()
                        .spanCount())
                .isEqualTo(1);
        assertThat(store.summary(theirs, traceId(1), deadline()).orElseThrow().revision())
                .isEqualTo(1);
    }

    private void assertConflict(List<Span> spans) {
        var before = tables();

        assertThatThrownBy(() -> store.write(spans, deadline()))
                .isInstanceOfSatisfying(SpanStoreException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.CONFLICT);
                    assertThat(failure.isRetryable()).isFalse();
                })
                .hasMessageContaining("Span " + spanId(1) + " of trace ")
                .hasMessageContaining("its ids are taken")
                .hasMessageContaining(
                        spans.size() == 1 ? "The span was not written." : "None of the 1000 spans was written.")
                .hasMessageNotContaining(theirs.toString());
        assertThat(tables()).isEqualTo(before);
    }

    private List<List<List<String>>> tables() {
        return List.of(
                database.query("select * from deployment_trace_span order by id"),
                database.query("select * from deployment_trace order by trace_id"));
    }
}
