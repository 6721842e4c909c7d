package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.WriteResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A span is one row, whatever the number and the order of its copies. */
public abstract class IdempotencyContract extends StoreContract {

    private static final WriteResult INSERTED = new WriteResult(1, 0, 0);
    private static final WriteResult UPDATED = new WriteResult(0, 1, 0);
    private static final WriteResult UNCHANGED = new WriteResult(0, 0, 1);

    @Test
    void write_again_changesNothing() {
        var trace = fixtures.completeWorkflow(workspace, "api");
        write(trace);
        var before = stored(trace);

        assertThat(write(trace)).isEqualTo(new WriteResult(0, 0, 12));

        assertHolds(trace);
        assertThat(stored(trace)).isEqualTo(before);
    }

    @Test
    void write_copiesInOneBatch_keepsTheEndedOne() {
        var ended = fixtures.single(workspace).get(0);
        var open = ended(ended, null);

        assertThat(write(List.of(open, ended, open, ended))).isEqualTo(INSERTED);

        assertHolds(List.of(ended));
    }

    @Test
    void write_endedAfterOpen_completesTheRowAndKeepsItsCreation() {
        var ended = fixtures.single(workspace).get(0);
        var open = ended(ended, null);
        assertThat(write(List.of(open))).isEqualTo(INSERTED);
        var before = stored(List.of(open));

        assertThat(write(List.of(ended))).isEqualTo(UPDATED);

        assertHolds(List.of(ended));
        var after = stored(List.of(ended));
        assertThat(after.createdAt()).isEqualTo(before.createdAt());
        assertThat(after.updatedAt()).isAfter(before.updatedAt());
        assertThat(after.revision()).isEqualTo(2);
    }

    @Test
    void write_laterOpenCopy_refreshesTheRow_andOlderOneDoesNot() {
        var first = ended(fixtures.single(workspace).get(0), null);
        var second = grown(first, 1);
        var third = grown(first, 2);

        assertThat(write(List.of(second))).isEqualTo(INSERTED);
        assertThat(write(List.of(first))).isEqualTo(UNCHANGED);
        assertHolds(List.of(second));
        assertThat(write(List.of(third))).isEqualTo(UPDATED);
        assertThat(write(List.of(third))).isEqualTo(UNCHANGED);
        assertThat(write(List.of(first, second))).isEqualTo(UNCHANGED);
        assertHolds(List.of(third));
    }

    /** The open span with so many events. */
    private static Span grown(Span open, int events) {
        var event = new SpanEvent("e", open.startTime(), Attributes.empty());
        return new Span(
                open.traceId(),
                open.spanId(),
                null,
                open.name(),
                open.startTime(),
                null,
                open.attributes(),
                Collections.nCopies(events, event));
    }

    @Test
    void write_openCopyThatDiffersButHasAsMuch_replaces() {
        var open = ended(fixtures.single(workspace).get(0), null);
        var other = renamed(open, "another name");
        write(List.of(open));

        assertThat(write(List.of(other))).isEqualTo(UPDATED);

        assertHolds(List.of(other));
    }

    @Test
    void write_openAfterEnded_changesNothing() {
        var ended = fixtures.single(workspace).get(0);
        write(List.of(ended));

        assertThat(write(List.of(ended(ended, null)))).isEqualTo(UNCHANGED);

        assertHolds(List.of(ended));
    }

    @Test
    void write_anotherEndedCopy_changesNothing() {
        var ended = fixtures.single(workspace).get(0);
        write(List.of(ended));

        assertThat(write(List.of(renamed(ended, "another name")))).isEqualTo(UNCHANGED);
        assertThat(write(List.of(ended(ended, ended.startTime().plusSeconds(9)))))
                .isEqualTo(UNCHANGED);

        assertHolds(List.of(ended));
    }

    private static Span renamed(Span span, String name) {
        return new Span(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                name,
                span.startTime(),
                span.endTime(),
                span.attributes(),
                span.events());
    }

    @Test
    void write_traceInParts_summarisesTheWhole() {
        var trace = fixtures.completeWorkflow(workspace, "api");
        Instant created = null;
        for (var i = 0; i < trace.size(); i++) {
            var part = List.of(trace.get(trace.size() - 1 - i));
            assertThat(write(part)).isEqualTo(INSERTED);
            created = created == null ? stored(trace).createdAt() : created;
        }

        assertHolds(trace);
        assertThat(stored(trace).createdAt()).isEqualTo(created);
        assertThat(stored(trace).revision()).isEqualTo(12);
    }

    @Test
    void write_partNewPartOpenPartThere_countsEach() {
        var trace = fixtures.completeWorkflow(workspace, "api");
        var first = new ArrayList<>(trace.subList(0, 6));
        first.set(0, ended(first.get(0), null));
        write(first);

        assertThat(write(trace)).isEqualTo(new WriteResult(6, 1, 5));

        assertHolds(trace);
    }

    @Test
    void write_againAfterTheAnswerWasLost_isOneWrite() {
        var trace = fixtures.completeWorkflow(workspace, "api");
        var faulty = FaultyWriter.losingAnswers(writer(), 1);

        assertThatThrownBy(() -> faulty.write(trace, soon()))
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.isRetryable()).isTrue());
        assertThat(faulty.write(trace, soon())).isEqualTo(new WriteResult(0, 0, 12));

        assertHolds(trace);
        assertThat(stored(trace).revision()).isEqualTo(1);
    }
}
