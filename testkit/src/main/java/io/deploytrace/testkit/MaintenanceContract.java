package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceMaintenance.Removed;
import io.deploytrace.store.WriteResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clean-up removes whole traces by age, and says what it removes; summaries stay true. */
public abstract class MaintenanceContract extends StoreContract {

    private static final Removed NOTHING = new Removed(0, 0);

    private List<List<Span>> writeThree() {
        var traces = List.of(
                fixtures.completeWorkflow(workspace, "api"),
                fixtures.workload(workspace, "api"),
                fixtures.single(workspace));
        traces.forEach(this::write);
        return traces;
    }

    @Test
    void time_isThatOfWrites() {
        var trace = fixtures.single(workspace);
        var before = maintenance().time(soon());

        write(trace);

        assertThat(stored(trace).createdAt()).isBetween(before, maintenance().time(soon()));
    }

    @Test
    void prune_removesWholeTracesThatAreOlder() {
        var traces = writeThree();
        var before = stored(traces.get(2)).createdAt();

        assertThat(maintenance().countOlderThan(workspace, before, soon())).isEqualTo(new Removed(2, 28));
        assertHolds(traces.get(0));

        assertThat(maintenance().prune(workspace, before, removed -> {}, soon()))
                .isEqualTo(new Removed(2, 28));

        assertHoldsNothingOf(traces.get(0));
        assertHoldsNothingOf(traces.get(1));
        assertHolds(traces.get(2));
        assertThat(maintenance().countOlderThan(workspace, before, soon())).isEqualTo(NOTHING);
    }

    @Test
    void prune_again_removesNothing() {
        var traces = writeThree();
        var before = stored(traces.get(2)).createdAt().plusSeconds(1);
        assertThat(maintenance().prune(workspace, before, removed -> {}, soon()))
                .isEqualTo(new Removed(3, 29));

        assertThat(maintenance().prune(workspace, before, removed -> {}, soon()))
                .isEqualTo(NOTHING);
    }

    @Test
    void prune_beforeTheOldest_removesNothing() {
        var traces = writeThree();

        assertThat(maintenance().prune(workspace, stored(traces.get(0)).createdAt(), removed -> {}, soon()))
                .isEqualTo(NOTHING);

        traces.forEach(this::assertHolds);
    }

    @Test
    void prune_ofATraceThatGrewLater_goesByItsFirstWrite() {
        var trace = fixtures.completeWorkflow(workspace, "api");
        write(trace.subList(0, 5));
        var between = fixtures.single(workspace);
        write(between);
        write(trace);

        assertThat(maintenance().prune(workspace, stored(between).createdAt(), removed -> {}, soon()))
                .isEqualTo(new Removed(1, 12));

        assertHoldsNothingOf(trace);
        assertHolds(between);
    }

    @Test
    void prune_ofManyTraces_tellsItsProgress() {
        var spans = new ArrayList<Span>();
        for (var i = 0; i < 1_234; i++) {
            spans.addAll(fixtures.single(workspace));
        }
        write(spans);
        var last = fixtures.single(workspace);
        write(last);
        var told = new ArrayList<Removed>();

        var removed = maintenance().prune(workspace, stored(last).createdAt(), told::add, soon());

        assertThat(removed).isEqualTo(new Removed(1_234, 1_234));
        assertThat(told).isNotEmpty().endsWith(removed).doesNotHaveDuplicates();
        assertThat(told).isSortedAccordingTo((a, b) -> Long.compare(a.traces(), b.traces()));
    }

    @Test
    void write_afterPrune_storesTheTraceAnew() {
        var trace = fixtures.completeWorkflow(workspace, "api");
        write(trace);
        maintenance().prune(workspace, stored(trace).createdAt().plusSeconds(1), removed -> {}, soon());

        assertThat(write(trace)).isEqualTo(new WriteResult(12, 0, 0));

        assertHolds(trace);
        assertThat(stored(trace).revision()).isEqualTo(1);
    }

    @Test
    void reindex_ofSummariesThatAreTrue_changesNothing() {
        var traces = writeThree();
        var before = traces.stream().map(this::stored).toList();

        assertThat(maintenance().reindex(workspace, false, soon())).isZero();
        assertThat(maintenance().reindex(workspace, true, soon())).isZero();
        assertThat(maintenance().reindex(workspace, TimeRange.ALL, soon())).isZero();

        List<StoredTrace> after = traces.stream().map(this::stored).toList();
        assertThat(after).isEqualTo(before);
    }
}
