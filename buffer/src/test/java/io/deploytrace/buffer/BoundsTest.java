package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundsTest extends BufferFixture {

    @TempDir
    Path directory;

    private BufferedSpanWriter full(WhenFull whenFull) throws Exception {
        var buffer = buffer(builder -> builder.queueBytes(2 * size()).whenFull(whenFull));
        fill(buffer);
        return buffer;
    }

    private long size() {
        return SpanBytes.of(single());
    }

    private void fill(BufferedSpanWriter buffer) {
        assertThat(buffer.submit(single(), soon())).isNotDone();
        assertThat(buffer.submit(single(), soon())).isNotDone();
    }

    @Test
    void refuse_fullBuffer_failsAtOnceNamingTheLimit() throws Exception {
        var buffer = full(WhenFull.refuse());

        var failure = failure(() -> buffer.handOver(single(), soon()));

        assertThat(failure.reason()).isEqualTo(Reason.OVERLOADED);
        assertThat(failure).hasMessageContaining("full").hasMessageContaining("queueBytes");
        assertThat(buffer.metrics().queueBytes()).isLessThanOrEqualTo(2 * size());
        storeAll(buffer);
    }

    @Test
    void block_noRoomWithinTheBound_fails() throws Exception {
        var buffer = full(WhenFull.block(Duration.ofMillis(20)));

        assertThat(failure(() -> buffer.write(single(), soon())).reason()).isEqualTo(Reason.OVERLOADED);
        storeAll(buffer);
    }

    @Test
    void block_roomComes_goesOn() throws Exception {
        var buffer = full(WhenFull.block(Duration.ofSeconds(30)));
        var later = new Thread(() -> buffer.handOver(single(), soon()));
        later.start();
        Await.until(() -> later.getState() == Thread.State.TIMED_WAITING);

        writer.next().store();
        later.join();

        storeAll(buffer);
        assertThat(buffer.flush(soon())).isTrue();
        assertThat(buffer.metrics().stored()).isEqualTo(3);
    }

    @Test
    void block_bufferIsClosed_failsAtOnce() throws Exception {
        var buffer = full(WhenFull.block(Duration.ofHours(1)));
        var refused = new java.util.concurrent.atomic.AtomicReference<Throwable>();
        var later = new Thread(() -> refused.set(failure(() -> buffer.handOver(single(), soon()))));
        later.start();
        Await.until(() -> later.getState() == Thread.State.TIMED_WAITING);

        buffer.close();
        later.join();

        assertThat(refused.get()).hasMessageContaining("closed");
        storeAll(buffer);
    }

    @Test
    void spill_fullBuffer_goesToTheSpool() throws Exception {
        var buffer = buffer(builder -> builder.queueBytes(2 * size()).spool(SpoolSettings.in(directory)));
        fill(buffer);

        assertThat(buffer.write(single(), soon()).held()).isEqualTo(1);
        storeAll(buffer);
    }

    @Test
    void spill_withoutSpool_cannotBeBuilt() {
        assertThatThrownBy(() -> buffer(builder -> builder.whenFull(WhenFull.spill())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("spool");
    }

    @Test
    void call_largerThanTheBuffer_isRefusedAtOnce() {
        var buffer = buffer(builder -> builder.queueBytes(1_024));
        var large = fixtures.workload(WORKSPACE, "api");

        var failure = failure(() -> buffer.write(large, soon()));

        assertThat(failure).hasMessageContaining("can ever hold").hasMessageContaining("1024");
        assertThat(failure.reason()).isEqualTo(Reason.INVALID_SPAN);
        assertThat(buffer.metrics().rejected()).containsEntry(Reason.INVALID_SPAN, 16L);
    }

    @Test
    void invalidSpan_isRefusedAndCounted() {
        var buffer = buffer(builder -> builder);
        var span = single().get(0);
        var bad =
                new Span(span.traceId(), span.spanId(), null, "", span.startTime(), null, span.attributes(), List.of());

        assertThat(failure(() -> buffer.handOver(List.of(bad), soon())).reason())
                .isEqualTo(Reason.INVALID_SPAN);
        assertThat(buffer.metrics().rejected()).containsEntry(Reason.INVALID_SPAN, 1L);
        assertThat(buffer.metrics().accepted()).isEqualTo(1);
    }

    /** Stores whatever comes until nothing is in memory. */
    private void storeAll(BufferedSpanWriter buffer) {
        Await.until(() -> {
            writer.storeNext();
            return buffer.metrics().heldInMemory() == 0;
        });
    }
}
