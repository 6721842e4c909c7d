package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Span;
import io.deploytrace.store.ChangedTraces;
import io.deploytrace.store.ChangedTraces.Status;
import io.deploytrace.store.ChangesRequest;
import io.deploytrace.store.PageCursor;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TraceChanges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of traces are told once to whoever asks, from wherever they stand. */
public abstract class ChangesContract extends StoreContract {

    private String start;

    /** The changes of the store that {@link #open()} opened. */
    protected abstract TraceChanges changes();

    @BeforeEach
    void takePosition() {
        start = changes().now(soon());
    }

    private ChangedTraces since(String position, int limit) {
        return changes()
                .since(List.of(new ChangesRequest(workspace, position)), limit, soon())
                .get(0);
    }

    private List<Span> written() {
        var trace = fixtures.completeWorkflow(workspace, "api");
        write(trace);
        return trace;
    }

    /** Completes the spans of a trace that were written open. */
    private static List<Span> open(List<Span> trace) {
        return trace.stream().map(span -> ended(span, null)).toList();
    }

    private static void assertDone(ChangedTraces changed, StoredTrace... traces) {
        assertThat(changed.status()).isEqualTo(Status.DONE);
        assertThat(changed.traces()).containsExactlyInAnyOrder(traces);
    }

    @Test
    void since_nothingWritten_isNothing() {
        written();
        var now = changes().now(soon());

        var changed = since(now, 10);

        assertDone(changed);
        assertThat(changed.workspaceId()).isEqualTo(workspace);
        assertDone(since(changed.position(), 10));
    }

    @Test
    void since_tracesWritten_areToldOnceAsTheyAreNow() {
        var first = written();
        var second = written();

        var changed = since(start, 10);

        assertDone(changed, stored(first), stored(second));
        assertDone(since(changed.position(), 10));
        assertDone(since(start, 10), stored(first), stored(second));
    }

    @Test
    void since_traceWrittenTwice_isToldOnceWithItsLastRevision() {
        var trace = fixtures.completeWorkflow(workspace, "api");
        write(open(trace));
        var between = changes().now(soon());
        write(trace);

        assertThat(stored(trace).revision()).isEqualTo(2);
        assertDone(since(start, 10), stored(trace));
        assertDone(since(between, 10), stored(trace));
    }

    @Test
    void since_writtenAgainUnchanged_isNothing() {
        var trace = written();
        var now = changes().now(soon());
        write(trace);

        assertDone(since(now, 10));
    }

    @Test
    void since_tracesRemoved_areNotTold() {
        written();
        maintenance().prune(workspace, Instant.parse("9000-01-01T00:00:00Z"), removed -> {}, soon());

        assertDone(since(start, 10));
    }

    @Test
    void since_moreThanTheLimit_isToldInParts() {
        var written = new ArrayList<StoredTrace>();
        for (var i = 0; i < 7; i++) {
            written.add(stored(written()));
        }
        for (var limit = 1; limit <= 8; limit++) {
            var told = new ArrayList<StoredTrace>();
            var changed = since(start, limit);
            while (changed.status() == Status.MORE) {
                assertThat(changed.traces()).hasSize(limit);
                told.addAll(changed.traces());
                changed = since(changed.position(), limit);
            }
            told.addAll(changed.traces());
            assertThat(told).containsExactlyInAnyOrderElementsOf(written);
        }
    }

    @Test
    void since_changesBetweenTheParts_areToldToo() {
        var traces = new ArrayList<List<Span>>();
        for (var i = 0; i < 4; i++) {
            traces.add(fixtures.completeWorkflow(workspace, "api"));
            write(open(traces.get(i)));
        }
        var told = new HashSet<StoredTrace>();
        var changed = since(start, 1);
        for (var next = 0; changed.status() == Status.MORE; next++) {
            told.addAll(changed.traces());
            if (next < 4) {
                write(traces.get(next));
                traces.add(written());
            }
            changed = since(changed.position(), 1);
        }
        told.addAll(changed.traces());

        assertThat(told).containsAll(traces.stream().map(this::stored).toList());
        assertDone(since(changed.position(), 1));
    }

    @Test
    void since_severalRequests_areAnsweredInOrderEachWithItsOwnWorkspace() {
        var other = store.newWorkspace();
        var own = stored(written());
        var foreign = fixtures.completeWorkflow(other, "api");
        write(foreign);
        var now = changes().now(soon());

        var changed = changes()
                .since(
                        List.of(
                                new ChangesRequest(other, start),
                                new ChangesRequest(workspace, start),
                                new ChangesRequest(workspace, now),
                                new ChangesRequest(UUID.randomUUID(), start)),
                        10,
                        soon());

        assertThat(changed).extracting(ChangedTraces::status).containsOnly(Status.DONE);
        assertThat(changed.get(0).traces())
                .extracting(trace -> trace.summary().traceId())
                .containsExactly(foreign.get(0).traceId());
        assertThat(changed.get(1).traces()).containsExactly(own);
        assertThat(changed.get(2).traces()).isEmpty();
        assertThat(changed.get(3).traces()).isEmpty();
        assertThat(changed)
                .extracting(ChangedTraces::position)
                .containsOnly(changed.get(0).position());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA", "!", "1:2:"})
    void since_textThatIsNoPosition_isLostAndNamesOneToGoOnFrom(String text) {
        var trace = written();

        var changed = changes()
                .since(List.of(new ChangesRequest(workspace, text), new ChangesRequest(workspace, start)), 10, soon());

        assertThat(changed.get(0).status()).isEqualTo(Status.LOST);
        assertThat(changed.get(0).traces()).isEmpty();
        assertDone(since(changed.get(0).position(), 10));
        assertDone(changed.get(1), stored(trace));
    }

    @Test
    void since_positionsThatSomeoneMadeUp_areLost() {
        var cursors = List.of(
                PageCursor.of("changes", "x", "y"),
                PageCursor.of("changes", "1", "2026-01-01T00:00:00Z", "1:1:", "", "0", ""),
                PageCursor.of("changes", "1", "2026-01-01T00:00:00Z", "9:1:", "x", "0", ""),
                PageCursor.of("traces", "2026-01-01T00:00:00Z", "t"));

        for (var cursor : cursors) {
            assertThat(since(cursor.text(), 10).status()).isEqualTo(Status.LOST);
        }
    }

    @Test
    void since_withoutRequests_isNoAnswer() {
        assertThat(changes().since(List.of(), 10, soon())).isEmpty();
    }

    @Test
    void calls_withALimitThatIsNotAllowedOrAfterTheDeadline_fail() {
        var request = List.of(new ChangesRequest(workspace, start));

        for (var limit : List.of(0, -1, TraceChanges.MAXIMUM_LIMIT + 1)) {
            assertThatThrownBy(() -> changes().since(request, limit, soon()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("limit must be 1 to 1000, but is " + limit);
        }
        assertThatThrownBy(() -> changes().since(request, 1, passed())).isInstanceOf(SpanStoreException.class);
        assertThatThrownBy(() -> changes().now(passed())).isInstanceOf(SpanStoreException.class);
    }
}
