package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallerDeadlineTest extends BufferFixture {

    @TempDir
    Path directory;

    @Test
    void write_queuedWhenItsDeadlinePasses_isNotWritten() throws Exception {
        var buffer = buffer(builder -> builder);
        buffer.handOver(single(), soon());
        var first = writer.next();

        var failure = failure(() -> buffer.write(single(), in(30)));
        first.store();

        assertThat(failure.reason()).isEqualTo(Reason.DEADLINE_PASSED);
        assertThat(failure).hasMessageContaining("None of the call's spans was written");
        assertThat(buffer.flush(soon())).isTrue();
        assertThat(writer.stored).hasSize(1);
        assertThat(buffer.metrics().rejected()).containsEntry(Reason.DEADLINE_PASSED, 1L);
    }

    @Test
    void write_inFlightWhenItsDeadlinePasses_isCountedByWhatTheFlightBrings() throws Exception {
        var buffer = buffer(builder -> builder);

        var failure = failure(() -> buffer.write(single(), in(30)));
        assertThat(failure).hasMessageContaining("may or may not have taken effect");
        assertThat(buffer.metrics().held()).isEqualTo(1);
        writer.next().store();

        assertThat(buffer.flush(soon())).isTrue();
        assertThat(buffer.metrics().stored()).isEqualTo(1);
    }

    @Test
    void submit_inFlightWhenItsDeadlinePasses_isNotRepeated() throws Exception {
        var buffer = buffer(builder -> builder);
        var answer = buffer.submit(single(), in(30));
        var attempt = writer.next();
        assertThat(failure(answer).reason()).isEqualTo(Reason.DEADLINE_PASSED);

        attempt.fail(of(Reason.UNAVAILABLE));

        assertThat(buffer.flush(soon())).isTrue();
        assertThat(buffer.metrics().rejected()).containsEntry(Reason.DEADLINE_PASSED, 1L);
        assertThat(writer.hasNext()).isFalse();
    }

    @Test
    void write_inFlightTooLong_goesToTheSpoolAndIsSentFromThere() throws Exception {
        var buffer = buffer(builder -> builder.spool(SpoolSettings.in(directory)));

        var result = buffer.write(single(), in(400));
        assertThat(result).isEqualTo(new WriteResult(0, 0, 0, 1));
        assertThat(buffer.metrics().heldOnSpool()).isEqualTo(1);
        writer.next().fail(of(Reason.UNAVAILABLE));
        writer.next().store();

        assertThat(buffer.flush(soon())).isTrue();
        assertThat(buffer.metrics().stored()).isEqualTo(1);
        assertThat(writer.stored).hasSize(1);
    }

    @Test
    void write_laterCallOfASpooledTrace_goesBehindIt() throws Exception {
        var buffer = buffer(builder -> builder.spool(SpoolSettings.in(directory)));
        var trace = single();
        assertThat(buffer.write(trace, in(200)).held()).isEqualTo(1);

        assertThat(buffer.write(trace, soon()).held()).isEqualTo(1);

        assertThat(buffer.metrics().spooled()).isEqualTo(2);
    }

    @Test
    void write_interruptedCaller_waitsAndKeepsTheInterrupt() throws Exception {
        var buffer = buffer(builder -> builder);
        Thread.currentThread().interrupt();

        var failure = failure(() -> buffer.write(single(), in(30)));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.reason()).isEqualTo(Reason.DEADLINE_PASSED);
        writer.next().store();
    }

    @Test
    void openCircuit_withSpool_sendsCallsThereAtOnce() throws Exception {
        var buffer = buffer(builder -> builder.circuitThreshold(2)
                .backoff(java.time.Duration.ofHours(1), java.time.Duration.ofHours(1))
                .flushers(2)
                .spool(SpoolSettings.in(directory)));
        var first = buffer.submit(single(), soon());
        var one = writer.next();
        var second = buffer.submit(single(), soon());
        var two = writer.next();
        one.fail(of(Reason.UNAVAILABLE));
        two.fail(of(Reason.UNAVAILABLE));

        assertThat(answer(first).held()).isEqualTo(1);
        assertThat(answer(second).held()).isEqualTo(1);
        assertThat(buffer.write(single(), soon()).held()).isEqualTo(1);
        assertThat(writer.hasNext()).isFalse();
    }
}
