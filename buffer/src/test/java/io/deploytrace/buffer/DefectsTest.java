package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import io.deploytrace.testkit.Await;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must not happen happens: the buffer's threads go on, and whoever waits learns it. */
class DefectsTest extends BufferFixture {

    private final AtomicBoolean defective = new AtomicBoolean(true);
    private final Ledger ledger = new DefectiveLedger();
    private final Reports reports = new Reports(ledger, BufferListener.NONE, new BufferLog());
    private final CallQueue queue = queue();

    @TempDir
    Path directory;

    /** Fails once, in the midst of an event. */
    private final class DefectiveLedger extends Ledger {

        @Override
        synchronized void spooled(int spans) {
            fail();
            super.spooled(spans);
        }

        @Override
        synchronized void committed() {
            fail();
            super.committed();
        }

        private void fail() {
            if (defective.getAndSet(false)) {
                throw new StackOverflowError("the test's defect");
            }
        }
    }

    private CallQueue queue() {
        var now = System.nanoTime();
        var backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), new Random(1));
        return new CallQueue(new CallStates(
                new Admission(1 << 20, WhenFull.spill()),
                new GroupSources(10),
                new Circuit(2, backoff, now),
                new Spooling(true, Map.of(), 10, now),
                ledger));
    }

    @AfterEach
    void stop() {
        queue.stop();
    }

    private Call accept(Call.Kind kind) {
        var call = Call.of(kind, SpanBatch.of(single()));
        queue.accept(call, soon());
        return call;
    }

    @Test
    void spooler_defect_failsTheCallAndSpoolsTheNext() throws Exception {
        try (var spool =
                Spool.open(SpoolSettings.in(directory), new SettableClock(Fixtures.START), new SpoolEvents())) {
            var failing = accept(Call.Kind.HANDED_OVER);
            var thread = Threads.named("spooler", new Spooler(spool, queue, reports));
            thread.start();

            assertThat(failure(failing.answer).reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failing.answer)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining("could not be put on the spool");
            assertThat(answer(accept(Call.Kind.HANDED_OVER).answer).held()).isEqualTo(1);
            assertThat(spool.spanCount())
                    .as("what its caller was refused isn't sent")
                    .isEqualTo(1);
            assertThat(ledger.snapshot(0, 0).heldOnSpool()).isEqualTo(1);
            queue.stop();
            thread.join();
        }
    }

    @Test
    void flusher_defect_repeatsTheCallsAndGoesOn() throws Exception {
        var reader = new SpoolReader(null, queue, reports, 10);
        var call = accept(Call.Kind.WAITED);
        var thread = Threads.named("flusher", new Flusher(queue, writer, Duration.ofSeconds(30), reader, reports));
        thread.start();

        writer.next().store();
        writer.next().store();

        assertThat(answer(call.answer)).isEqualTo(new WriteResult(1, 0, 0));
        assertThat(ledger.snapshot(0, 0).held()).isZero();
        queue.stop();
        thread.join();
    }

    @Test
    void log_thatFails_changesNothing() throws Exception {
        var files = new FaultyFiles(SpoolFiles.DISK);
        var buffer =
                buffer(builder -> builder.spool(SpoolSettings.in(directory)).spoolFiles(files));
        files.fail(FaultyFiles.Operation.WRITE, 1);

        try (var log = new FailingLog()) {
            var deadline = Deadline.after(Duration.ofMinutes(1));
            assertThat(failure(() -> buffer.handOver(single(), deadline))).hasMessageContaining("Input/output error");
            assertThat(log.failures()).isPositive();
        }

        buffer.handOver(single(), soon());
        assertThat(buffer.metrics().spooled()).isEqualTo(1);
        writer.next().store();
        assertThat(buffer.flush(soon())).isTrue();
    }

    /** A log whose every line throws. */
    private static final class FailingLog extends Handler implements AutoCloseable {

        private final Logger logger = Logger.getLogger("io.deploytrace.buffer");
        private volatile int failures;

        FailingLog() {
            logger.addHandler(this);
        }

        int failures() {
            return failures;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
        public void publish(LogRecord line) {
            failures++;
            throw new IllegalStateException("the test's log is full");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }

    @Test
    void writer_error_isNoVerdictOnTheCalls() throws Exception {
        var buffer = buffer(builder -> builder);
        var first = buffer.submit(single(), soon());
        var blocking = writer.next();
        var second = buffer.submit(single(), soon());
        var third = buffer.submit(single(), soon());
        blocking.store();

        for (var error : List.of(new OutOfMemoryError("heap"), new NoClassDefFoundError("driver"))) {
            writer.next().end(batches -> {
                throw error;
            });
        }
        Await.until(() -> {
            writer.storeNext();
            return second.isDone() && third.isDone();
        });

        assertThat(answer(first).inserted()).isEqualTo(1);
        assertThat(answer(second).inserted()).isEqualTo(1);
        assertThat(answer(third).inserted()).isEqualTo(1);
        assertThat(buffer.metrics().rejected()).isEmpty();
        assertThat(buffer.metrics().retried()).isPositive();
    }

    @Test
    void writer_errorAtEachLargeGroup_isGivenSmallerOnes() throws Exception {
        var buffer = buffer(builder -> builder);
        var blocked = buffer.submit(single(), soon());
        var blocking = writer.next();
        var calls = new java.util.ArrayList<java.util.concurrent.CompletableFuture<WriteResult>>();
        for (var i = 0; i < 8; i++) {
            calls.add(buffer.submit(single(), soon()));
        }
        blocking.store();

        while (buffer.metrics().heldInMemory() > 0) {
            var attempt = writer.next();
            if (attempt.batches().size() > 2) {
                attempt.end(batches -> {
                    throw new OutOfMemoryError("heap");
                });
            } else {
                attempt.store();
                Await.until(() -> writer.hasNext() || buffer.metrics().heldInMemory() == 0);
            }
        }

        assertThat(answer(blocked).inserted()).isEqualTo(1);
        for (var call : calls) {
            assertThat(answer(call).inserted()).isEqualTo(1);
        }
    }

    @Test
    void writer_error_reachesTheListenerAsAFailureThatCanPass() throws Exception {
        var failures = new java.util.concurrent.LinkedBlockingQueue<SpanStoreException>();
        var buffer = buffer(builder -> builder.listener(new BufferListener() {
            @Override
            public void retried(int spans, SpanStoreException failure) {
                failures.add(failure);
            }
        }));
        buffer.handOver(single(), soon());

        writer.next().end(batches -> {
            throw new OutOfMemoryError("heap");
        });
        writer.next().store();

        assertThat(failures.take())
                .hasMessage("The store failed unexpectedly: java.lang.OutOfMemoryError: heap")
                .satisfies(failure -> assertThat(failure.isRetryable()).isTrue());
        assertThat(buffer.flush(soon())).isTrue();
    }
}
