package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.testkit.Await;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailingStoreTest extends BufferFixture {

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"UNAVAILABLE", "DEADLINE_PASSED"})
    void attempt_failsForATime_isRepeatedUntilItSucceeds(Reason reason) throws Exception {
        var buffer = buffer(builder -> builder);
        var answer = buffer.submit(single(), soon());

        for (var i = 0; i < 5; i++) {
            writer.next().fail(of(reason));
        }
        writer.next().store();

        assertThat(answer(answer).inserted()).isEqualTo(1);
        assertThat(buffer.metrics().retried()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"INVALID_SPAN", "UNKNOWN_WORKSPACE", "CONFLICT", "OTHER", "NOT_READY"})
    void attempt_failsForGood_isNotRepeated(Reason reason) throws Exception {
        var buffer = buffer(builder -> builder);
        var answer = buffer.submit(single(), soon());

        writer.next().fail(of(reason));

        assertThat(failure(answer).reason()).isEqualTo(reason);
        assertThat(buffer.flush(soon())).isTrue();
        assertThat(buffer.metrics().rejected()).containsOnly(java.util.Map.entry(reason, 1L));
    }

    @Test
    void handedOver_storeNotReady_isKeptAndTriedAgain() throws Exception {
        var buffer = buffer(builder -> builder);
        buffer.handOver(single(), soon());

        writer.next().fail(of(Reason.NOT_READY));
        writer.next().store();

        assertThat(buffer.flush(soon())).isTrue();
        assertThat(buffer.metrics().stored()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("rubbish")
    void writer_breaksItsContract_failsTheCallAndGoesOn(GatedWriter.End end) throws Exception {
        var buffer = buffer(builder -> builder);
        var answer = buffer.submit(single(), soon());

        writer.next().end(end);

        assertThat(failure(answer).reason()).isEqualTo(Reason.OTHER);
        var next = buffer.submit(single(), soon());
        writer.next().store();
        assertThat(answer(next).inserted()).isEqualTo(1);
    }

    static Stream<GatedWriter.End> rubbish() {
        return Stream.of(
                batches -> null,
                batches -> List.of(),
                batches -> Arrays.asList(new io.deploytrace.store.WriteResult[] {null}),
                batches -> {
                    throw new IllegalStateException("a defect");
                },
                batches -> {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted");
                });
    }

    @Test
    void listener_throws_changesNothing() throws Exception {
        var buffer = buffer(builder -> builder.listener(new BufferListener() {
            @Override
            public void accepted(int spans) {
                throw new IllegalStateException("a defect");
            }

            @Override
            public void stored(int spans) {
                throw new LinkageError("a defect");
            }

            @Override
            public void rejected(List<Span> spans, SpanStoreException failure) {
                throw new IllegalStateException("a defect");
            }
        }));
        var stored = buffer.submit(single(), soon());
        writer.next().store();
        var refused = buffer.submit(single(), soon());
        writer.next().fail(of(Reason.CONFLICT));

        assertThat(answer(stored).inserted()).isEqualTo(1);
        assertThat(failure(refused).reason()).isEqualTo(Reason.CONFLICT);
    }

    @Test
    void idleFlushers_waitWithoutPolling() throws Exception {
        var threads = newThreads();
        var buffer = buffer(builder -> builder.flushers(2));
        buffer.handOver(single(), soon());
        writer.next().store();
        assertThat(buffer.flush(soon())).isTrue();

        Await.until(() -> threads.get().stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));

        assertThat(threads.get()).hasSize(2);
    }
}
