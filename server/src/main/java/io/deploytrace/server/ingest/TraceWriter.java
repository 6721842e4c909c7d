package io.deploytrace.server.ingest;

import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes the spans of one request, and finds those that the store refuses. */
final class TraceWriter {

    /** How often the spans of a request that were refused together are split: often enough to try a thousand each by itself. */
    static final int MOST_SPLITS = 1_000;

    private final BufferedSpanWriter writer;
    private final Deadline deadline;
    private final AtomicInteger splits = new AtomicInteger(MOST_SPLITS);

    TraceWriter(BufferedSpanWriter writer, Deadline deadline) {
        this.writer = writer;
        this.deadline = deadline;
    }

    /** Writes each trace by itself, so that one that is refused takes none with it. */
    CompletableFuture<Part> writeEach(Map<String, List<Received>> traces) {
        return sum(traces.values().stream().map(this::writeTrace).toList());
    }

    /** Writes all spans in one step. */
    CompletableFuture<Part> writeAll(Map<String, List<Received>> traces) {
        var all = traces.values().stream().flatMap(List::stream).toList();
        return write(all)
                .exceptionallyCompose(failure -> result(Part.rejected(List.of(refused(all, refusal(failure))))));
    }

    /**
     * Splits what is refused in halves, until what is at fault stands alone: one span in a trace of thousands costs a few writes. One half
     * comes after the other, since both may be too much for the queue.
     */
    private CompletableFuture<Part> writeTrace(List<Received> trace) {
        return write(trace).exceptionallyComposeAsync(failure -> {
            var refusal = refusal(failure);
            if (trace.size() > 1 && mayDifferBySpan(refusal) && splits.decrementAndGet() >= 0) {
                var half = trace.size() / 2;
                return writeTrace(trace.subList(0, half))
                        .thenCompose(first -> writeTrace(trace.subList(half, trace.size()))
                                .thenApply(second -> Part.sum(List.of(first, second))));
            }
            return result(Part.rejected(List.of(refused(trace, refusal))));
        });
    }

    private CompletableFuture<Part> write(List<Received> received) {
        return writer.submit(spans(received), deadline).thenApply(result -> Part.stored(result, received.size()));
    }

    private static List<Span> spans(List<Received> received) {
        return received.stream().map(Received::span).toList();
    }

    /** A workspace that isn't known is so for all spans of a trace. */
    private static boolean mayDifferBySpan(SpanStoreException refusal) {
        return refusal.reason() != SpanStoreException.Reason.UNKNOWN_WORKSPACE;
    }

    /** The failure if it is a refusal; throws it on if the store failed, for the request is to be repeated then. */
    private static SpanStoreException refusal(Throwable failure) {
        var cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (cause instanceof SpanStoreException refusal && StoreRefusals.isRefusal(refusal)) {
            return refusal;
        }
        throw new CompletionException(cause);
    }

    private static Rejection refused(List<Received> received, SpanStoreException refusal) {
        return StoreRefusals.rejection(received, refusal);
    }

    private static CompletableFuture<Part> result(Part part) {
        return CompletableFuture.completedFuture(part);
    }

    /** Completes when all have; a failure of one is that of all. */
    private static CompletableFuture<Part> sum(Collection<CompletableFuture<Part>> parts) {
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(ignored ->
                        Part.sum(parts.stream().map(CompletableFuture::join).toList()));
    }
}
