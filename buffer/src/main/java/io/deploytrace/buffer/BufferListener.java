package io.deploytrace.buffer;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import java.time.Duration;
import java.util.List;

/**
 * Is told what a buffer does, for metrics and for what must not be lost out of sight. Implement what you need; an adapter to a
 * metrics library is a page of code. Counts are of spans; the sums, and the sizes of the queue and the spool, are in
 * {@link BufferedSpanWriter#metrics()}.
 *
 * <p>Called by callers' threads and the buffer's own, several at once, and never while the buffer holds a lock. A method must be
 * quick, since writing waits for it, and must not call the buffer's waiting methods. What it throws is logged and
 * has no other effect.
 */
public interface BufferListener {

    /** A listener that does nothing. */
    BufferListener NONE = new BufferListener() {};

    /** A caller gave spans. */
    default void accepted(int spans) {}

    /** The buffer found spans on the spool that an earlier process had left. */
    default void recovered(int spans) {}

    /** The store took spans that it didn't hold, or not in this version. */
    default void stored(int spans) {}

    /** The store held spans already. */
    default void duplicates(int spans) {}

    /** Spans failed to be written and will be written again. */
    default void retried(int spans, SpanStoreException failure) {}

    /** Spans were written to the spool. */
    default void spooled(int spans) {}

    /**
     * Spans will not be stored by this buffer: the store or the buffer refused them, their deadline passed, or they were on the spool for
     * too long. A caller that waits has the same failure from its call.
     */
    default void rejected(List<Span> spans, SpanStoreException failure) {}

    /**
     * Spans were on the spool and can't be read any more, since their file was damaged or deleted; the failure names it. They count as
     * rejected.
     */
    default void lost(int spans, SpanStoreException failure) {}

    /**
     * The store took a group of calls in one step.
     *
     * @param latency how long the store took
     */
    default void committed(Duration latency, int calls, int spans) {}

    /** The circuit opened, so that the store is asked at the pace of the backoff only, or closed again. */
    default void circuit(boolean open) {}
}
