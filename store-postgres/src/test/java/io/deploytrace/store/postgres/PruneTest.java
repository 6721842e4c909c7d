package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.store.PageRequest;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.store.TraceMaintenance.Removed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PruneTest extends ReadingTest {

    private static final Instant BEFORE = CREATED.plusSeconds(10);

    @Test
    void prune_oldAndNewTraces_removesOldOnesWithTheirSummaries() {
        program.write(CREATED, span(1, 0), span(1, 1));
        program.write(BEFORE.minusNanos(1_000), span(2, 0));
        program.write(BEFORE, span(3, 0));
        maintenance.reindex(workspace, false, deadline);

        assertThat(maintenance.prune(workspace, BEFORE, removed -> {}, deadline))
                .isEqualTo(new Removed(2, 3));

        assertThat(remainingTraces()).containsExactlyElementsOf(traceIds(3));
        assertThat(traceIdsOf(reader.traces(workspace, TraceFilter.ALL, PageRequest.first(9), deadline)
                        .items()))
                .containsExactlyElementsOf(traceIds(3));
    }

    @Test
    void prune_traceThatBeganBeforeAndWentOn_isRemovedWhole() {
        program.write(CREATED, span(1, 0));
        program.write(BEFORE.plusSeconds(60), span(1, 1), span(1, 2));

        assertThat(maintenance.prune(workspace, BEFORE, removed -> {}, deadline))
                .isEqualTo(new Removed(1, 3));
        assertThat(remainingTraces()).isEmpty();
    }

    @Test
    void prune_linkedTrace_goesByItsOwnAge() {
        program.write(CREATED, span(1, 0));
        program.write(BEFORE.plusSeconds(1), span(2, 0).parentTrace(1));

        assertThat(maintenance.prune(workspace, BEFORE, removed -> {}, deadline))
                .isEqualTo(new Removed(1, 1));
        assertThat(remainingTraces()).containsExactlyElementsOf(traceIds(2));
    }

    @Test
    void prune_nothingOldEnough_removesNothing() {
        program.write(BEFORE, span(1, 0));

        assertThat(maintenance.prune(workspace, BEFORE, removed -> {}, deadline))
                .isEqualTo(new Removed(0, 0));
        assertThat(maintenance.countOlderThan(workspace, BEFORE, deadline)).isEqualTo(new Removed(0, 0));
    }

    @Test
    void countOlderThan_isWhatPruneRemoves() {
        writeMany();
        var expected = maintenance.countOlderThan(workspace, BEFORE, deadline);
        var untouched = database.queryValue("select count(*) from deployment_trace_span");

        assertThat(untouched).isEqualTo("15003");
        assertThat(maintenance.prune(workspace, BEFORE, removed -> {}, deadline))
                .isEqualTo(expected)
                .isEqualTo(new Removed(5_001, 15_003));
    }

    @Test
    void prune_manyTraces_goesInBoundedBatchesThatEachCommitOldestFirst() {
        writeMany();
        var progress = new ArrayList<Removed>();
        var remaining = new ArrayList<Long>();

        maintenance.prune(
                workspace,
                BEFORE,
                removed -> {
                    progress.add(removed);
                    remaining.add(Long.parseLong(database.queryValue("select count(*) from deployment_trace_span")));
                    assertThat(database.queryValue("select coalesce(min(created_at) > '" + CREATED
                                    + "', true) from deployment_trace_span"))
                            .isEqualTo("t");
                },
                deadline);

        assertThat(progress).hasSize(3);
        assertThat(progress.get(progress.size() - 1)).isEqualTo(new Removed(5_001, 15_003));
        for (var i = 0; i < progress.size(); i++) {
            var spans =
                    progress.get(i).spans() - (i == 0 ? 0 : progress.get(i - 1).spans());
            assertThat(spans).isBetween(1L, TraceRemoval.ROWS + 2L);
            assertThat(remaining.get(i)).isEqualTo(15_003 - progress.get(i).spans());
            assertThat(progress.get(i).spans()).isEqualTo(progress.get(i).traces() * 3);
        }
    }

    @Test
    void prune_interruptedAfterABatch_keepsItAndGoesOnWhenRepeated() {
        writeMany();
        var done = new ArrayList<Removed>();

        assertThatThrownBy(() -> maintenance.prune(
                        workspace,
                        BEFORE,
                        removed -> {
                            done.add(removed);
                            throw new IllegalStateException("pulled the plug");
                        },
                        deadline))
                .hasMessage("pulled the plug");
        var rest = maintenance.prune(workspace, BEFORE, removed -> {}, deadline);

        assertThat(done).hasSize(1);
        assertThat(rest.spans()).isEqualTo(15_003 - done.get(0).spans());
        assertThat(remainingTraces()).isEmpty();
    }

    /** 5,001 traces of three spans, the first older than the others. */
    private void writeMany() {
        database.execute("""
                INSERT INTO deployment_trace_span (trace_id, span_id, name, start_time, end_time, workspace_id, created_at)
                SELECT lpad(to_hex(trace), 32, '0'), lpad(to_hex(span), 16, '0'), 'x', now(), now(), '%s',
                       timestamptz '%s' + least(trace, 1) * interval '1 millisecond'
                FROM generate_series(0, 5000) trace, generate_series(1, 3) span
                """.formatted(workspace, CREATED));
    }

    private List<String> remainingTraces() {
        return database.query("select distinct trace_id from deployment_trace_span order by 1").stream()
                .map(row -> row.get(0))
                .toList();
    }
}
