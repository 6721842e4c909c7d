package io.deploytrace.store;

import io.deploytrace.span.Span;
import java.util.Collection;
import java.util.List;

/**
 * Writes spans. One call is one atomic step: all of its spans are stored when it returns, none when it throws.
 * Where an answer is lost, because the deadline passed or the connection broke, it is all or none, and the message says
 * that it isn't known which.
 *
 * <p>Writing is idempotent. A span is one row, whatever the number of copies: an ended copy is never changed, an
 * open one is replaced by an ended or a later open copy and never by an older one
 * ({@link Span#replaces(Span)}), also among the copies within one call. So a call that failed, or whose answer
 * was lost, may be made again.
 *
 * <p>Implementations are safe for use by several threads.
 */
public interface SpanWriter {

    /**
     * Writes the spans, of any number of traces, in any order; an empty collection does nothing.
     *
     * @return how many spans were new, replaced an open copy, or were there already
     * @throws SpanStoreException if a span is invalid
     *     ({@link SpanStoreException.Reason#INVALID_SPAN}), its workspace is unknown
     *     ({@link SpanStoreException.Reason#UNKNOWN_WORKSPACE}), its key belongs to another workspace
     *     ({@link SpanStoreException.Reason#CONFLICT}), the deadline passed, or the store can't be reached
     */
    WriteResult write(Collection<Span> spans, Deadline deadline);

    /**
     * Writes several batches, which have no trace in common, and says of each what {@link #write} would have said. Each batch
     * is atomic by itself; a store that can commits them all in one step, and then, if this throws, none of them is
     * stored. This implementation writes one after the other, so that some may be stored when it throws.
     *
     * @return a result for each batch, in their order
     * @throws SpanStoreException as {@link #write}; it doesn't say which of the batches was at fault
     */
    default List<WriteResult> writeAll(List<? extends Collection<Span>> batches, Deadline deadline) {
        return batches.stream().map(batch -> write(batch, deadline)).toList();
    }
}
