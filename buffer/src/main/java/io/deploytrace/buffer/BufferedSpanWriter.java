package io.deploytrace.buffer;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A writer in front of another, usually a store: it writes the calls of many threads in groups, repeats what failed for a time, and with a
 * spool keeps on disk what the store can't take. What was acknowledged is stored exactly once, whatever dies.
 *
 * <p>Each call chooses how long it waits: {@link #write} until the spans are durable, {@link #submit} not at all, with a
 * future of the same, {@link #handOver} until the buffer answers for them. A call is atomic: all its spans are stored or none. Calls that share
 * a trace are stored in the order in which they came. A call that the store refuses fails alone; others that were
 * written with it are stored. An {@link Error} of the store is no refusal: the calls are written again, as after a failure that can pass.
 *
 * <p>A caller waits no longer than its deadline, also when it is interrupted meanwhile; the interrupt is kept. A call that can't be
 * stored in time goes to the spool shortly before its deadline, and its spans are then counted as {@link WriteResult#held() held}.
 * Without a spool it fails with {@link SpanStoreException.Reason#DEADLINE_PASSED}.
 *
 * <p>Close it when nothing writes any more, and then close what the store needs. Safe for use by several threads.
 */
public final class BufferedSpanWriter implements SpanWriter, AutoCloseable {

    private final Pipeline pipeline;
    private final Shutdown shutdown;

    BufferedSpanWriter(Pipeline pipeline, Shutdown shutdown) {
        this.pipeline = pipeline;
        this.shutdown = shutdown;
    }

    /** A builder of a buffer in front of the writer, which stays the caller's to close. */
    public static BufferedSpanWriterBuilder builder(SpanWriter writer) {
        return new BufferedSpanWriterBuilder(writer);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Returns when the spans are stored, or when they are on the spool: then the result counts them as held.
     *
     * @throws SpanStoreException as the store; with {@link SpanStoreException.Reason#OVERLOADED} if the buffer is full, and with
     *     {@link SpanStoreException.Reason#UNAVAILABLE} if it is closed or the spool failed
     */
    @Override
    public WriteResult write(Collection<Span> spans, Deadline deadline) {
        var call = accept(Call.Kind.WAITED, spans, deadline);
        return call == null ? WriteResult.NOTHING : pipeline.await(call, deadline);
    }

    /**
     * As {@link #write} without waiting, unless the buffer is full and was built to block. The future completes when the spans are
     * durable, or with a {@link SpanStoreException}, at the latest when the deadline passes. Cancelling it has no effect on the spans.
     * What depends on it runs on the buffer's threads: let it be quick, or use the methods of the future that end with Async.
     */
    public CompletableFuture<WriteResult> submit(Collection<Span> spans, Deadline deadline) {
        try {
            var call = accept(Call.Kind.WAITED, spans, deadline);
            return call == null
                    ? CompletableFuture.completedFuture(WriteResult.NOTHING)
                    : pipeline.watch(call, deadline);
        } catch (SpanStoreException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /**
     * Returns once the buffer answers for the spans. With a spool they are on the disk then, and will be stored by this process or the
     * next. Without one they are in memory only: they are kept until they are stored or rejected, or until the process ends. What
     * becomes of them is told to the {@link BufferListener}.
     *
     * @throws SpanStoreException if a span is invalid, the buffer is full or closed, or the spool failed; or if the deadline
     *     passed before they were on the disk: then it isn't known whether they will be stored, and repeating the call is safe
     */
    public void handOver(Collection<Span> spans, Deadline deadline) {
        var call = accept(Call.Kind.HANDED_OVER, spans, deadline);
        if (call != null && pipeline.hasSpool()) {
            pipeline.await(call, deadline);
        }
    }

    private @Nullable Call accept(Call.Kind kind, Collection<Span> spans, Deadline deadline) {
        Objects.requireNonNull(deadline, "deadline");
        try {
            var batch = SpanBatch.of(Objects.requireNonNull(spans, "spans"));
            if (batch.isEmpty()) {
                return null;
            }
            if (deadline.hasPassed()) {
                throw Failures.deadlinePassedBefore();
            }
            return pipeline.accept(Call.of(kind, batch), deadline);
        } catch (SpanStoreException failure) {
            pipeline.refused(spans, failure);
            throw failure;
        }
    }

    /**
     * Waits until all that was accepted before the call is stored or rejected, that on the spool included.
     *
     * @return whether that is so; false if the deadline passed
     */
    public boolean flush(Deadline deadline) {
        return pipeline.flush(deadline);
    }

    /** What it has done so far, counted at one moment; also after it was closed. */
    public BufferMetrics metrics() {
        return pipeline.metrics();
    }

    /**
     * Refuses further calls, writes what is in memory for as long as the builder's shutdown time allows, and puts the rest on the spool.
     * Without a spool the rest is rejected and reported. Doesn't wait for what is on the spool already. Closing
     * again does nothing but wait for the first.
     */
    @Override
    public void close() {
        shutdown.run();
    }
}
