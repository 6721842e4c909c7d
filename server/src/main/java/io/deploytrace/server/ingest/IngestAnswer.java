package io.deploytrace.server.ingest;

import io.deploytrace.store.WriteResult;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request, once all that it says is committed.
 *
 * @param result the spans that were stored; not null
 * @param rejected how many spans were not, and never will be if they are sent again
 * @param reason why the first of these was rejected; null if none was
 * @param message what was rejected and why, for the sender to read; empty if nothing was
 */
public record IngestAnswer(
        WriteResult result, int rejected, @Nullable RejectionReason reason, String message) {

    /** The request header by which a sender asks that all of its spans are stored, or none, if its value is {@code true}. */
    public static final String ATOMIC_HEADER = "deploytrace-atomic";

    /** The header of an answer that says what was stored: {@code inserted=3,updated=1,unchanged=0}. */
    public static final String RESULT_HEADER = "deploytrace-result";

    /** The header of an answer that says why the first rejected span was: a {@link RejectionReason#label()}. */
    public static final String REJECTION_HEADER = "deploytrace-rejection";

    /** Checks that nothing but the reason is null. */
    public IngestAnswer {
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(message, "message");
    }

    /** The answer as OpenTelemetry defines it: empty, or with a partial success. */
    public ExportTraceServiceResponse toResponse() {
        if (rejected == 0) {
            return ExportTraceServiceResponse.getDefaultInstance();
        }
        return ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(rejected)
                        .setErrorMessage(message))
                .build();
    }

    /** The headers of the answer: {@link #RESULT_HEADER}, and if spans were rejected {@link #REJECTION_HEADER}; unmodifiable. */
    public Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put(
                RESULT_HEADER,
                "inserted=%d,updated=%d,unchanged=%d"
                        .formatted(result.inserted(), result.updated(), result.unchanged()));
        if (reason != null) {
            headers.put(REJECTION_HEADER, reason.label());
        }
        return Map.copyOf(headers);
    }
}
