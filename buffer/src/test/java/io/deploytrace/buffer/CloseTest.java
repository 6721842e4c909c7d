package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloseTest extends BufferFixture {

    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path directory;

    @Test
    void close_queuedCalls_writesThem() throws Exception {
        var buffer = buffer(builder -> builder.shutdownTimeout(Duration.ofSeconds(30)));
        buffer.handOver(single(), soon());
        var first = writer.next();
        buffer.handOver(single(), soon());
        var closing = new Thread(buffer::close);
        closing.start();
        first.store();
        writer.next().store();
        closing.join();

        assertThat(buffer.metrics().stored()).isEqualTo(2);
        assertThat(failure(() -> buffer.write(single(), soon()))).hasMessageContaining("closed");
    }

    @Test
    void close_storeHangsWithoutSpool_rejectsWhatWaitsAndCountsTheFlight() throws Exception {
        var buffer = buffer(builder -> builder.shutdownTimeout(SHORT));
        var inFlight = buffer.submit(single(), soon());
        var attempt = writer.next();
        var queued = buffer.submit(single(), soon());

        buffer.close();

        assertThat(failure(queued)).hasMessageContaining("closed before").hasMessageContaining("None");
        assertThat(failure(inFlight)).hasMessageContaining("may or may not");
        assertThat(buffer.metrics().held()).isEqualTo(1);
        attempt.store();
        Await.until(() -> buffer.metrics().stored() == 1);
    }

    @Test
    void close_storeHangsWithSpool_leavesAllToTheNextProcess() throws Exception {
        var buffer = buffer(builder -> builder.shutdownTimeout(SHORT).spool(SpoolSettings.in(directory)));
        var inFlight = buffer.submit(single(), soon());
        var attempt = writer.next();
        var queued = buffer.submit(single(), soon());

        buffer.close();

        assertThat(answer(inFlight).held()).isEqualTo(1);
        assertThat(answer(queued).held()).isEqualTo(1);
        assertThat(buffer.metrics().heldOnSpool()).isEqualTo(2);
        attempt.fail(of(Reason.UNAVAILABLE));

        var next = buffer(builder -> builder.spool(SpoolSettings.in(directory)));
        writer.next().store();
        assertThat(next.flush(soon())).isTrue();
        assertThat(next.metrics().recovered()).isEqualTo(2);
        assertThat(next.metrics().stored()).isEqualTo(2);
    }

    @Test
    void write_traceThatAnEarlierProcessLeftOnTheSpool_goesBehindIt() throws Exception {
        var trace = single();
        try (var earlier = buffer(builder -> builder.shutdownTimeout(SHORT).spool(SpoolSettings.in(directory)))) {
            assertThat(earlier.write(trace, in(200)).held()).isEqualTo(1);
        }
        writer.next().fail(of(Reason.UNAVAILABLE));

        var next = buffer(builder -> builder.spool(SpoolSettings.in(directory)));
        var attempt = writer.next();

        assertThat(next.write(trace, soon()).held()).isEqualTo(1);
        attempt.store();
        writer.next().store();
        assertThat(next.flush(soon())).isTrue();
        assertThat(next.metrics().stored()).isEqualTo(2);
    }

    /** What the store needs is closed after the buffer, perhaps during an attempt. */
    @Test
    void close_attemptFailsForGoodAfterwards_leavesItsCallOnTheSpool() throws Exception {
        var threads = newThreads();
        var buffer = buffer(builder -> builder.shutdownTimeout(SHORT).spool(SpoolSettings.in(directory)));
        buffer.handOver(single(), soon());
        var attempt = writer.next();

        buffer.close();
        attempt.fail(of(Reason.OTHER));

        Await.until(() -> threads.get().isEmpty());
        assertThat(buffer.metrics().rejected()).isEmpty();
        assertThat(buffer.metrics().heldOnSpool()).isEqualTo(1);
    }

    @Test
    void close_again_doesNothing() {
        var buffer = buffer(builder -> builder.shutdownHook(true));

        buffer.close();
        buffer.close();

        assertThat(buffer.metrics().accepted()).isZero();
    }

    @Test
    void close_idle_endsTheThreads() throws Exception {
        var threads = newThreads();
        var buffer = buffer(builder -> builder.spool(SpoolSettings.in(directory)));
        assertThat(threads.get()).hasSize(2);

        buffer.close();

        Await.until(() -> threads.get().isEmpty());
    }

    @Test
    void flush_deadlinePasses_saysSo() throws Exception {
        var buffer = buffer(builder -> builder);
        buffer.handOver(single(), soon());

        assertThat(buffer.flush(in(20))).isFalse();

        writer.next().store();
        assertThat(buffer.flush(soon())).isTrue();
    }

    @Test
    void spoolDirectory_ofAnotherBuffer_isRefused() {
        buffer(builder -> builder.spool(SpoolSettings.in(directory)));

        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> buffer(builder -> builder.spool(SpoolSettings.in(directory))))
                .isInstanceOf(java.io.UncheckedIOException.class)
                .hasMessageContaining(directory.getFileName().toString());
    }
}
