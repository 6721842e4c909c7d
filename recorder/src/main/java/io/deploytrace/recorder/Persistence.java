package io.deploytrace.recorder;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a recording to a store. */
final class Persistence {

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileTarget.class);
    private static final LongAdder FAILURES_ON_CLOSE = new LongAdder();

    private final Recording recording;
    private final @Nullable SpanWriter store;

    /** Held while a snapshot is written, so that none reaches the store after a newer one. */
    private final Lock writing = new ReentrantLock();

    /** Whether the builder's store holds the complete trace. */
    private volatile boolean stored;

    Persistence(Recording recording) {
        this.recording = recording;
        this.store = recording.settings().store();
    }

    static long failuresOnClose() {
        return FAILURES_ON_CLOSE.sum();
    }

    WriteResult persist() {
        return persist(store);
    }

    WriteResult persist(@Nullable SpanWriter writer) {
        if (writer == null) {
            throw new IllegalStateException(
                    "There is no store to persist to: give the builder one with store(), or call persist(store)");
        }
        var complete = recording.isComplete();
        var result = write(writer);
        if (complete && writer.equals(store)) {
            stored = true;
        }
        return result;
    }

    private WriteResult write(SpanWriter writer) {
        var deadline = Deadline.after(recording.settings().persistTimeout());
        if (!lock(deadline)) {
            throw new SpanStoreException(
                    Reason.DEADLINE_PASSED,
                    "This persist of trace %s wrote nothing: another one was still writing it. Persist again."
                            .formatted(recording.traceId()));
        }
        try {
            return write(writer, recording.spans(), deadline);
        } finally {
            writing.unlock();
        }
    }

    private boolean lock(Deadline deadline) {
        try {
            return writing.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private WriteResult write(SpanWriter writer, List<Span> spans, Deadline deadline) {
        try {
            return writer.write(spans, deadline);
        } catch (SpanStoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SpanStoreException(
                    Reason.OTHER,
                    "None of the %d spans of trace %s was written: %s".formatted(spans.size(), recording.traceId(), e),
                    e);
        }
    }

    void persistOnClose() {
        if (store == null || stored) {
            return;
        }
        try {
            persist(store);
        } catch (SpanStoreException e) {
            FAILURES_ON_CLOSE.increment();
            LOG.warn("Trace {} was not written when its recorder was closed.", recording.traceId(), e);
        }
    }
}
