package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deploytrace.span.Span;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.TargetFilter;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No one reads, changes or removes what belongs to another workspace. */
public abstract class TenancyContract extends StoreContract {

    private static final PageRequest PAGE = PageRequest.first(100);
    private static final Instant LATER = Instant.parse("9000-01-01T00:00:00Z");

    private UUID other;
    private List<Span> foreign;
    private List<Span> foreignExternal;

    @BeforeEach
    void writeToTheOtherWorkspace() {
        other = store.newWorkspace();
        foreign = fixtures.completeWorkflow(other, "api");
        foreignExternal = fixtures.external(other, foreign.get(0).traceId(), "job-7", Status.FAILED);
        write(foreign);
        write(foreignExternal);
        write(fixtures.stopped(other, "api", Status.BLOCKED));
    }

    @Test
    void reads_ofAnotherWorkspacesTraces_areEmpty() {
        assertSeesNothing(workspace);
        assertSeesNothing(UUID.fromString("00000000-0000-4000-8000-000000000000"));
    }

    private void assertSeesNothing(UUID reading) {
        var traceId = foreign.get(0).traceId();
        assertThat(reader().trace(reading, traceId, soon())).isEmpty();
        assertThat(reader().traceWithLinked(reading, traceId, soon())).isEmpty();
        assertThat(reader().children(reading, traceId, foreign.get(0).spanId(), soon()))
                .isEmpty();
        assertThat(reader().spansOfJob(reading, "job-7", soon())).isEmpty();
        assertThat(reader().summary(reading, traceId, soon())).isEmpty();
        assertThat(reader().linkedTraces(reading, traceId, soon())).isEmpty();
        assertThat(reader().traces(reading, TraceFilter.ALL, PAGE, soon()).items())
                .isEmpty();
        assertThat(reader().targets(reading, TargetFilter.ALL, PAGE, soon()).items())
                .isEmpty();
        assertThat(reader().targetKeys(reading, "", 10, soon())).isEmpty();
        assertThat(reader().failedDecisions(reading, TimeRange.ALL, PAGE, soon())
                        .items())
                .isEmpty();
        assertThat(reader().spansOfReleaseTarget(reading, "api", TimeRange.ALL, PAGE, soon())
                        .items())
                .isEmpty();
    }

    @Test
    void traceWithLinked_ofAParentInAnotherWorkspace_givesOnlyOnesOwn() {
        var own = fixtures.external(workspace, foreign.get(0).traceId(), "job-7", Status.COMPLETED);
        write(own);

        assertThat(reader().traceWithLinked(workspace, foreign.get(0).traceId(), soon()))
                .isEqualTo(own);
        assertThat(reader().traceWithLinked(other, foreign.get(0).traceId(), soon()))
                .hasSize(foreign.size() + foreignExternal.size())
                .doesNotContainAnyElementsOf(own);
    }

    @Test
    void traceWithLinked_throughATraceOfAnotherWorkspace_leadsNowhere() {
        var parent = fixtures.failedJob(workspace, "api", "job-7");
        var between = fixtures.external(other, parent.get(0).traceId(), "job-7", Status.FAILED);
        var own = fixtures.external(workspace, between.get(0).traceId(), "job-8", Status.FAILED);
        write(parent);
        write(between);
        write(own);

        assertThat(reader().traceWithLinked(workspace, parent.get(0).traceId(), soon()))
                .isEqualTo(parent);
        assertThat(reader().linkedTraces(workspace, parent.get(0).traceId(), soon()))
                .isEmpty();
    }

    @Test
    void cursor_ofAnotherWorkspace_revealsNothing() {
        var cursor = reader().traces(other, TraceFilter.ALL, PageRequest.first(1), soon())
                .nextCursor();

        assertThat(cursor).isNotNull();
        assertThat(reader().traces(workspace, TraceFilter.ALL, new PageRequest(10, cursor), soon())
                        .items())
                .isEmpty();
    }

    @Test
    void write_spanOfAnotherWorkspace_isAConflictThatRevealsNothing() {
        var stolen = moved(foreign.get(3), workspace);
        var good = fixtures.single(workspace);
        var batch = new ArrayList<>(good);
        batch.add(stolen);

        var failure = catchThrowableOfType(SpanStoreException.class, () -> write(batch));

        assertThat(failure).isNotNull();
        assertThat(failure.reason()).isEqualTo(SpanStoreException.Reason.CONFLICT);
        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure)
                .hasMessageContaining(stolen.spanId())
                .message()
                .doesNotContain(other.toString())
                .doesNotContain(foreign.get(3).name());
        assertHoldsNothingOf(good);
        assertForeignIsUntouched();
    }

    @Test
    void write_openSpanOfAnotherWorkspace_isNotCompleted() {
        var open = ended(fixtures.single(other).get(0), null);
        write(List.of(open));
        var completed = moved(ended(open, open.startTime().plusSeconds(1)), workspace);

        var failure = catchThrowableOfType(SpanStoreException.class, () -> write(List.of(completed)));

        assertThat(failure).isNotNull();
        assertThat(failure.reason()).isEqualTo(SpanStoreException.Reason.CONFLICT);
        assertThat(reader().trace(other, open.traceId(), soon())).containsExactly(open);
    }

    @Test
    void write_newSpanUnderAnotherWorkspacesTraceId_isOnesOwnTrace() {
        var own = fixtures.single(workspace).get(0);
        var sameTrace = new Span(
                foreign.get(0).traceId(),
                own.spanId(),
                null,
                "own",
                own.startTime(),
                own.endTime(),
                own.attributes(),
                List.of());

        write(List.of(sameTrace));

        assertHolds(List.of(sameTrace));
        assertForeignIsUntouched();
    }

    @Test
    void maintenance_ofAWorkspace_leavesOthersAlone() {
        var own = fixtures.single(workspace);
        write(own);

        assertThat(maintenance().countOlderThan(workspace, LATER, soon()).traces())
                .isEqualTo(1);
        assertThat(maintenance().prune(workspace, LATER, removed -> {}, soon()).traces())
                .isEqualTo(1);
        maintenance().reindex(workspace, true, soon());

        assertHoldsNothingOf(own);
        assertForeignIsUntouched();
    }

    private void assertForeignIsUntouched() {
        assertThat(reader().trace(other, foreign.get(0).traceId(), soon())).isEqualTo(foreign);
        assertThat(reader().summary(other, foreign.get(0).traceId(), soon())
                        .orElseThrow()
                        .revision())
                .isEqualTo(1);
    }

    private static Span moved(Span span, UUID workspaceId) {
        return new Span(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                "moved",
                span.startTime(),
                span.endTime(),
                span.attributes().toBuilder()
                        .put(AttributeKeys.WORKSPACE_ID, workspaceId)
                        .build(),
                span.events());
    }
}
