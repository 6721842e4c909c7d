package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Several batches at once: each is told what a write of it alone would have been told. */
public abstract class BatchesContract extends StoreContract {

    private List<WriteResult> writeAll(List<List<Span>> batches) {
        return writer().writeAll(batches, soon());
    }

    @Test
    void writeAll_nothing_doesNothing() {
        assertThat(writeAll(List.of())).isEmpty();
        assertThat(writeAll(List.of(List.of(), List.of()))).containsExactly(WriteResult.NOTHING, WriteResult.NOTHING);
    }

    @Test
    void writeAll_newTracesOfSeveralWorkspaces_storesEach() {
        var other = store.newWorkspace();
        var first = fixtures.completeWorkflow(workspace, "api");
        var second = fixtures.stopped(other, "api", Status.BLOCKED);
        var third = fixtures.single(workspace);

        assertThat(writeAll(List.of(third, first, List.of(), second)))
                .containsExactly(inserted(1), inserted(12), WriteResult.NOTHING, inserted(4));

        assertHolds(first);
        assertHolds(third);
        assertThat(reader().trace(other, second.get(0).traceId(), soon())).isEqualTo(second);
        assertThat(reader().trace(workspace, second.get(0).traceId(), soon())).isEmpty();
    }

    @Test
    void writeAll_newGrownAndKnownTraces_saysOfEachWhatItDid() {
        var known = fixtures.completeWorkflow(workspace, "known");
        var grown = fixtures.completeWorkflow(workspace, "grown");
        var partly = fixtures.completeWorkflow(workspace, "partly");
        var fresh = fixtures.completeWorkflow(workspace, "fresh");
        write(known);
        write(List.of(ended(grown.get(0), null), grown.get(1)));
        write(partly.subList(0, 6));

        assertThat(writeAll(List.of(known, fresh, partly.subList(6, 12), grown)))
                .containsExactly(new WriteResult(0, 0, 12), inserted(12), inserted(6), new WriteResult(10, 1, 1));

        List.of(known, grown, partly, fresh).forEach(this::assertHolds);
    }

    @Test
    void writeAll_again_changesNothing() {
        var batches = List.of(fixtures.single(workspace), fixtures.completeWorkflow(workspace, "api"));
        writeAll(batches);
        var before = stored(batches.get(1));

        assertThat(writeAll(batches)).containsExactly(new WriteResult(0, 0, 1), new WriteResult(0, 0, 12));

        assertThat(stored(batches.get(1))).isEqualTo(before);
    }

    @Test
    void writeAll_batchesOfOneTrace_writesThemInTheirOrder() {
        var trace = fixtures.completeWorkflow(workspace, "api");
        var open = ended(trace.get(0), null);

        assertThat(writeAll(List.of(List.of(open), trace, trace.subList(3, 5))))
                .containsExactly(inserted(1), new WriteResult(11, 1, 0), new WriteResult(0, 0, 2));

        assertHolds(trace);
    }

    @Test
    void writeAll_checkedBatches_areTakenAsTheyAre() {
        var trace = fixtures.completeWorkflow(workspace, "api");

        assertThat(writer().writeAll(List.of(SpanBatch.of(trace).spans()), soon()))
                .containsExactly(inserted(12));

        assertHolds(trace);
    }

    @Test
    void writeAll_manyTraces_storesEachWhole() {
        var traces = new ArrayList<List<Span>>();
        for (var i = 0; i < 300; i++) {
            traces.add(fixtures.stopped(workspace, "api-" + i, Status.PENDING));
        }

        assertThat(writeAll(traces)).hasSize(300).containsOnly(inserted(4));

        traces.forEach(this::assertHolds);
    }

    @Test
    void writeAll_firstBatchInvalidOrOfAnUnknownWorkspace_throwsAndStoresNothing() {
        var good = fixtures.single(workspace);
        var noName = fixtures.single(workspace).get(0);
        var invalid = List.of(new Span(
                "odd", noName.spanId(), null, "name", noName.startTime(), null, noName.attributes(), noName.events()));

        assertFails(List.of(invalid, good), Reason.INVALID_SPAN);
        assertFails(List.of(fixtures.single(UUID.randomUUID()), good), Reason.UNKNOWN_WORKSPACE);

        assertHoldsNothingOf(good);
    }

    @Test
    void writeAll_deadlineThatHasPassed_storesNothing() {
        var trace = fixtures.single(workspace);

        assertThatThrownBy(() -> writer().writeAll(List.of(trace), passed()))
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.DEADLINE_PASSED));

        assertHoldsNothingOf(trace);
    }

    private void assertFails(List<List<Span>> batches, Reason reason) {
        assertThatThrownBy(() -> writeAll(batches))
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    private static WriteResult inserted(int count) {
        return new WriteResult(count, 0, 0);
    }
}
