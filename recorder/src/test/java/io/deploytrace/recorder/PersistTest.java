package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import io.deploytrace.vocabulary.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Writing a trace: when it is done, while it runs, and when the store fails. */
class PersistTest {

    private final CapturingStore store = new CapturingStore();

    @Test
    void persist_writesToTheBuildersStore() {
        var recorder = TestRecorder.builder().store(store).start();
        recorder.complete(Status.COMPLETED);

        assertThat(recorder.persist()).isEqualTo(new WriteResult(1, 0, 0));
        assertThat(store.spans()).isEqualTo(recorder.spans());
    }

    @Test
    void persist_withAStore_writesThere() {
        var other = new CapturingStore();
        var recorder = TestRecorder.builder().store(store).start();

        recorder.persist(other);

        assertThat(other.spans()).isEqualTo(recorder.spans());
        assertThat(store.writes).isEmpty();
    }

    @Test
    void persist_withoutStore_throwsAndSaysSo() {
        var recorder = TestRecorder.start();

        assertThatThrownBy(recorder::persist)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "There is no store to persist to: give the builder one with store(), or call persist(store)");
        assertThatThrownBy(() -> recorder.persist(null)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void persist_ofARunningTrace_writesOpenSpansAndALaterOneCompletesThem() {
        var recorder = TestRecorder.builder().store(store).start();
        var planning = recorder.startPlanning();
        planning.addMetadata("first", 1);
        planning.startEvaluation("done").end();
        recorder.persist();
        planning.addMetadata("second", 2);
        recorder.persist();
        recorder.complete(Status.COMPLETED);
        recorder.persist();

        var first = store.writes.get(0);
        var second = store.writes.get(1);
        var last = store.writes.get(2);
        assertThat(first).extracting(Span::isOpen).containsExactly(true, true, false);
        assertThat(first).extracting(Span::status).containsExactly("running", "running", "skipped");
        assertThat(first.get(1).endTime()).isNull();
        assertThat(first.get(1).events()).hasSize(1);
        assertThat(second.get(1).events()).hasSize(2);
        assertThat(second.get(1).replaces(first.get(1))).isTrue();
        assertThat(first.get(1).replaces(second.get(1))).isFalse();
        assertThat(last).noneMatch(Span::isOpen);
        assertThat(last)
                .extracting(Span::spanId)
                .isEqualTo(first.stream().map(Span::spanId).toList());
        assertThat(last.get(2)).isEqualTo(first.get(2));
    }

    @Test
    void persist_passesADeadlineOfItsTimeout() {
        var recorder = TestRecorder.builder()
                .store(store)
                .persistTimeout(Duration.ofHours(1))
                .start();
        recorder.persist();

        assertThat(store.deadlines.get(0).remaining())
                .isGreaterThan(Duration.ofMinutes(59))
                .isLessThanOrEqualTo(Duration.ofHours(1));
    }

    @Test
    void persist_thatFails_throwsWhatTheStoreThrew() {
        var recorder = TestRecorder.builder().store(store).start();
        store.failure = new SpanStoreException(Reason.UNAVAILABLE, "down");

        assertThatThrownBy(recorder::persist).isSameAs(store.failure);

        store.failure = null;
        recorder.persist();
        assertThat(store.spans()).hasSize(1);
    }

    @Test
    void persist_whereTheStoreBreaks_saysWhatWasNotWritten() {
        var recorder = TestRecorder.builder().store(store).start();
        store.failure = new IllegalArgumentException("a defect");

        var thrown = catchThrowableOfType(SpanStoreException.class, recorder::persist);

        assertThat(thrown)
                .hasMessage(
                        "None of the 1 spans of trace %s was written: %s".formatted(recorder.traceId(), store.failure))
                .hasCause(store.failure);
        assertThat(thrown.reason()).isEqualTo(Reason.OTHER);
        assertThat(thrown.isRetryable()).isFalse();
    }

    @Test
    void close_writesWhatTheStoreDoesntHoldYet() {
        try (var recorder = TestRecorder.builder().store(store).start()) {
            recorder.persist();
            recorder.complete(Status.COMPLETED);
        }

        assertThat(store.writes).hasSize(2);
        assertThat(store.writes.get(1)).noneMatch(Span::isOpen);
    }

    @Test
    void close_afterAPersistOfTheCompleteTrace_writesNothing() {
        var recorder = TestRecorder.builder().store(store).start();
        recorder.complete(Status.COMPLETED);
        recorder.persist();
        recorder.close();
        recorder.close();

        assertThat(store.writes).hasSize(1);
    }

    @Test
    void close_afterAPersistToAnotherStore_writesToItsOwn() {
        try (var recorder = TestRecorder.builder().store(store).start()) {
            recorder.complete(Status.COMPLETED);
            recorder.persist(new CapturingStore());
        }

        assertThat(store.writes).hasSize(1);
    }

    @Test
    void close_whereTheStoreFails_isLoggedAndCountedAndNeverHidesTheDeploymentsException() {
        var broken = new IllegalStateException("The cluster is gone");
        var before = ReconcileTarget.failuresOnClose();
        store.failure = new SpanStoreException(Reason.UNAVAILABLE, "down");

        try (var log = new CapturedLog()) {
            assertThatThrownBy(() -> {
                        try (var recorder = TestRecorder.builder().store(store).start()) {
                            recorder.startPlanning();
                            throw broken;
                        }
                    })
                    .isSameAs(broken)
                    .hasNoSuppressedExceptions();

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("was not written when its recorder was closed");
        }
        assertThat(ReconcileTarget.failuresOnClose()).isEqualTo(before + 1);
    }

    @Test
    void spans_areASnapshot() {
        var recorder = TestRecorder.start();
        var before = recorder.spans();
        recorder.addMetadata("later", 1).startPlanning();

        assertThat(before).hasSize(1);
        assertThat(before.get(0).events()).isEmpty();
    }
}
