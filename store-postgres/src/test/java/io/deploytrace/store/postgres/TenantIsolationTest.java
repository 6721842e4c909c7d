package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.RecentTrace;
import io.deploytrace.store.TargetFilter;
import io.deploytrace.store.TargetState;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.store.TraceMaintenance.Removed;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two workspaces whose traces, targets, releases, jobs and parents have the same names; only the span ids differ. */
class TenantIsolationTest extends ReadingTest {

    private static final Instant LATER = CREATED.plusSeconds(3_600);
    private static final PageRequest PAGE = PageRequest.first(100);

    private UUID other;

    @BeforeEach
    void writeTwice() {
        other = database.createWorkspace();
        for (var owner : List.of(workspace, other)) {
            program.write(CREATED, trace(owner));
            program.write(CREATED, linked(owner));
        }
        maintenance.reindex(workspace, false, deadline);
    }

    @Test
    void everySpanQuery_sameNamesInAnotherWorkspace_returnsItsOwnAlone() {
        var trace = TestSpan.traceId(1);
        var own = trace(workspace);

        assertThat(reader.trace(workspace, trace, deadline)).containsExactlyElementsOf(own);
        assertThat(reader.traceWithLinked(workspace, trace, deadline))
                .containsExactly(own.get(0), own.get(1), linked(workspace).get(0));
        assertThat(reader.children(workspace, trace, own.get(0).spanId(), deadline))
                .containsExactly(own.get(1));
        assertThat(reader.children(other, trace, own.get(0).spanId(), deadline)).isEmpty();
        assertThat(reader.spansOfJob(workspace, "job", deadline))
                .containsExactly(linked(workspace).get(0), own.get(1));
        assertThat(reader.spansOfReleaseTarget(workspace, "api", TimeRange.ALL, PAGE, deadline)
                        .items())
                .containsExactly(linked(workspace).get(0), own.get(0), own.get(1));
        assertThat(reader.failedDecisions(workspace, TimeRange.ALL, PAGE, deadline)
                        .items())
                .hasSize(1);
    }

    @Test
    void everySummaryQuery_sameNamesInAnotherWorkspace_returnsItsOwnAlone() {
        var trace = TestSpan.traceId(1);
        var filter =
                new TraceFilter("api", "release", "job", "planning", "decision", "failed", null, null, TimeRange.ALL);
        var own = reader.summary(workspace, trace, deadline).orElseThrow();
        var child = reader.summary(workspace, TestSpan.traceId(2), deadline).orElseThrow();

        assertThat(own.summary().workspaceId()).isEqualTo(workspace);
        assertThat(own.summary().spanCount()).isEqualTo(2);
        assertThat(reader.linkedTraces(workspace, trace, deadline)).containsExactly(child);
        assertThat(reader.traces(workspace, TraceFilter.ALL, PAGE, deadline).items())
                .containsExactly(own);
        assertThat(reader.traces(workspace, filter, PAGE, deadline).items()).containsExactly(own);
        assertThat(reader.targets(workspace, TargetFilter.ALL, PAGE, deadline).items())
                .containsExactly(new TargetState(own, List.of(RecentTrace.of(own))));
    }

    @Test
    void reindex_ofOneWorkspace_leavesTheOtherAsItWas() {
        assertThat(reader.summary(other, TestSpan.traceId(1), deadline)).isEmpty();
        assertThat(reader.traces(other, TraceFilter.ALL, PAGE, deadline).items())
                .isEmpty();
        assertThat(reader.targets(other, TargetFilter.ALL, PAGE, deadline).items())
                .isEmpty();
        assertThat(reader.linkedTraces(other, TestSpan.traceId(1), deadline)).isEmpty();
        assertThat(maintenance.reindex(workspace, true, deadline)).isZero();

        assertThat(maintenance.reindex(other, false, deadline)).isEqualTo(2);
        assertThat(reader.summary(other, TestSpan.traceId(1), deadline)
                        .orElseThrow()
                        .summary()
                        .workspaceId())
                .isEqualTo(other);
    }

    @Test
    void prune_ofOneWorkspace_leavesTheOtherUntouched() {
        maintenance.reindex(other, false, deadline);
        var spans = reader.traceWithLinked(other, TestSpan.traceId(1), deadline);
        var summaries = reader.traces(other, TraceFilter.ALL, PAGE, deadline).items();

        assertThat(maintenance.countOlderThan(workspace, LATER, deadline)).isEqualTo(new Removed(2, 3));
        assertThat(maintenance.prune(workspace, LATER, removed -> {}, deadline)).isEqualTo(new Removed(2, 3));

        assertThat(reader.trace(workspace, TestSpan.traceId(1), deadline)).isEmpty();
        assertThat(reader.summary(workspace, TestSpan.traceId(1), deadline)).isEmpty();
        assertThat(reader.traceWithLinked(other, TestSpan.traceId(1), deadline)).isEqualTo(spans);
        assertThat(reader.traces(other, TraceFilter.ALL, PAGE, deadline).items())
                .isEqualTo(summaries);
    }

    @Test
    void delete_ofOneWorkspace_leavesTheOtherUntouched() {
        maintenance.reindex(other, false, deadline);
        var spans = reader.traceWithLinked(other, TestSpan.traceId(1), deadline);
        var summaries = reader.traces(other, TraceFilter.ALL, PAGE, deadline).items();

        new PostgresWorkspaces(database.dataSource()).delete(workspace, spansDeleted -> {}, deadline);

        assertThat(reader.traceWithLinked(other, TestSpan.traceId(1), deadline)).isEqualTo(spans);
        assertThat(reader.traces(other, TraceFilter.ALL, PAGE, deadline).items())
                .isEqualTo(summaries);
    }

    private static List<Span> trace(UUID owner) {
        return built(
                TestSpan.of(owner, 1, 0).release("release"),
                TestSpan.of(owner, 1, 1).release("release").job("job").is("planning", "decision", "failed"));
    }

    private static List<Span> linked(UUID owner) {
        return built(TestSpan.of(owner, 2, 0).job("job").parentTrace(1).release("release"));
    }
}
