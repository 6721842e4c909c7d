package io.deploytrace.server.ingest;

import io.deploytrace.store.Deadline;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.concurrent.CompletableFuture;

/**
 * Takes the spans of one request to the store. Both methods read the request on the caller's thread, which may take some
 * milliseconds, and don't wait for the store. Safe for use by several threads.
 */
public interface Ingest {

    /**
     * Stores what can be stored and says what was rejected, once the former is committed.
     *
     * @return completes with the answer, or with a {@link io.deploytrace.store.SpanStoreException} if the request is to be
     *     repeated, unchanged, later ({@link io.deploytrace.store.SpanStoreException#isRetryable()}) or the store failed; its
     *     message is for the log, not for the sender
     */
    CompletableFuture<IngestAnswer> accept(ExportTraceServiceRequest request, Sender sender, Deadline deadline);

    /**
     * Stores all spans of the request in one step, or none: if one is rejected, all are.
     *
     * @return as {@link #accept}
     */
    CompletableFuture<IngestAnswer> acceptAllOrNone(
            ExportTraceServiceRequest request, Sender sender, Deadline deadline);
}
