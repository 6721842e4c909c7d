package io.deploytrace.store.postgres;

import static io.deploytrace.store.postgres.TestSpans.START;
import static io.deploytrace.store.postgres.TestSpans.deadline;
import static io.deploytrace.store.postgres.TestSpans.open;
import static io.deploytrace.store.postgres.TestSpans.root;
import static io.deploytrace.store.postgres.TestSpans.span;
import static io.deploytrace.store.postgres.TestSpans.stored;
import static io.deploytrace.store.postgres.TestSpans.trace;
import static io.deploytrace.store.postgres.TestSpans.traceId;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresSpanStoreTest {

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    private UUID workspace;
    private PostgresSpanStore store;

    @BeforeEach
    void createStore() {
        workspace = database.createWorkspace();
        store = PostgresSpanStore.builder(database.dataSource()).build();
    }

    @Test
    void write_newTrace_storesItsSpansAndItsSummary() {
        var spans = trace(workspace, 1, 3);

        assertThat(write(spans)).isEqualTo(new WriteResult(3, 0, 0));

        assertThat(stored(database.dataSource())).containsExactlyElementsOf(spans);
        assertThat(database.query("select trace_id, release_target_key, span_count, open_count, revision"
                        + " from deployment_trace"))
                .containsExactly(List.of(traceId(1), "api-service-production", "3", "0", "1"));
    }

    @Test
    void write_nothing_doesNothing() {
        assertThat(write(List.of())).isEqualTo(WriteResult.NOTHING);
    }

    @Test
    void write_sameTraceTwice_changesNothing() {
        var spans = trace(workspace, 1, 3);
        write(spans);
        var before = tables();

        assertThat(write(spans)).isEqualTo(new WriteResult(0, 0, 3));
        assertThat(tables()).isEqualTo(before);
    }

    @Test
    void write_openSpansThenEnded_completesTheRowsAndKeepsTheirFirstCreatedAt() {
        var opened = List.of(open(workspace, 1, 1, 0), open(workspace, 1, 2, 1));
        var ended = trace(workspace, 1, 3);

        assertThat(write(opened)).isEqualTo(new WriteResult(2, 0, 0));
        var createdAt = database.query("select created_at from deployment_trace_span order by span_id");
        assertThat(write(ended)).isEqualTo(new WriteResult(1, 2, 0));

        assertThat(stored(database.dataSource())).containsExactlyElementsOf(ended);
        assertThat(database.query("select created_at from deployment_trace_span order by span_id")
                        .subList(0, 2))
                .isEqualTo(createdAt);
        assertThat(database.query("select span_count, open_count, revision, created_at from deployment_trace"))
                .containsExactly(List.of("3", "0", "2", createdAt.get(0).get(0)));
    }

    @Test
    void write_olderOpenCopyAfterNewer_leavesTheNewer() {
        var newer = open(workspace, 1, 1, 2);
        write(List.of(newer));

        assertThat(write(List.of(open(workspace, 1, 1, 1)))).isEqualTo(new WriteResult(0, 0, 1));
        assertThat(stored(database.dataSource())).containsExactly(newer);
    }

    @Test
    void write_laterOpenCopy_replacesTheEarlier() {
        write(List.of(open(workspace, 1, 1, 1)));
        var later = open(workspace, 1, 1, 2);

        assertThat(write(List.of(later))).isEqualTo(new WriteResult(0, 1, 0));
        assertThat(stored(database.dataSource())).containsExactly(later);
    }

    @Test
    void write_openOrDifferentCopyAfterEnded_leavesTheEnded() {
        var ended = root(workspace, 1);
        write(List.of(ended));
        var other = TestSpans.with(ended, Attributes.of("further", "attribute"));

        assertThat(write(List.of(open(workspace, 1, 1, 9)))).isEqualTo(new WriteResult(0, 0, 1));
        assertThat(write(List.of(other))).isEqualTo(new WriteResult(0, 0, 1));
        assertThat(stored(database.dataSource())).containsExactly(ended);
    }

    @Test
    void write_duplicatesWithinABatch_areOneSpanOfWhichTheEndedWins() {
        var ended = root(workspace, 1);

        assertThat(write(List.of(open(workspace, 1, 1, 3), ended, ended, open(workspace, 1, 1, 5))))
                .isEqualTo(new WriteResult(1, 0, 0));
        assertThat(stored(database.dataSource())).containsExactly(ended);
    }

    @Test
    void write_spanWithoutItsRoot_isSummarisedWithTheStoredOnes() {
        write(List.of(root(workspace, 1)));
        write(List.of(span(workspace, 1, 2)));

        assertThat(database.query("select span_count, revision from deployment_trace"))
                .containsExactly(List.of("2", "2"));
    }

    @Test
    void write_traceOfWhichAnotherProgramStoredSpans_summarisesThemAll() {
        database.execute(
                "insert into deployment_trace_span (trace_id, span_id, name, start_time, workspace_id, created_at)"
                        + " values ('" + traceId(1) + "', 'ffffffffffffffff', 'other', '2026-01-01', '" + workspace
                        + "', '2026-01-02')");

        assertThat(write(trace(workspace, 1, 2))).isEqualTo(new WriteResult(2, 0, 0));
        assertThat(database.query(
                        "select span_count, open_count, created_at = '2026-01-02', revision from deployment_trace"))
                .containsExactly(List.of("3", "1", "t", "1"));
    }

    @Test
    void write_severalTraces_givesEachACreatedAtOfItsOwn() {
        var spans = new ArrayList<Span>();
        for (var trace = 1; trace <= 5; trace++) {
            spans.addAll(trace(workspace, trace, 2));
        }
        write(spans);

        assertThat(database.query("""
                select s.trace_id, (extract(epoch from s.created_at - min(s.created_at) over ()) * 1000000)::int,
                       s.created_at = t.created_at
                from deployment_trace_span s join deployment_trace t using (trace_id)
                where parent_span_id is null order by 1"""))
                .containsExactly(
                        List.of(traceId(1), "0", "t"),
                        List.of(traceId(2), "1", "t"),
                        List.of(traceId(3), "2", "t"),
                        List.of(traceId(4), "3", "t"),
                        List.of(traceId(5), "4", "t"));
        assertThat(database.query(
                        "select trace_id from deployment_trace_span group by 1 having count(distinct created_at) > 1"))
                .isEmpty();
    }

    @Test
    void clock_given_setsCreatedAtAndUpdatedAt() {
        var fixed = PostgresSpanStore.builder(database.dataSource())
                .clock(() -> START.plusNanos(999))
                .build();
        fixed.write(List.of(root(workspace, 1)), deadline());

        assertThat(database.query("select created_at = '" + START + "' from deployment_trace_span"))
                .containsExactly(List.of("t"));
        assertThat(database.query(
                        "select created_at = '" + START + "', updated_at = '" + START + "' from deployment_trace"))
                .containsExactly(List.of("t", "t"));
    }

    private WriteResult write(List<Span> spans) {
        return store.write(spans, deadline());
    }

    private List<List<List<String>>> tables() {
        return List.of(
                database.query("select * from deployment_trace_span order by id"),
                database.query("select * from deployment_trace order by trace_id"));
    }
}
