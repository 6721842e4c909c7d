package io.deploytrace.remote;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import java.time.Instant;

/**
 * Times as the protocol has them: nanoseconds since 1970 in an unsigned number of 64 bits, where zero stands for no time.
 */
final class UnixNanos {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private UnixNanos() {}

    /** The time of a span or one of its events; the bits of a Java long that is negative after the year 2262. */
    static long of(Span span, String what, Instant time) {
        if (time.isBefore(RemoteSpanWriter.EARLIEST_TIME) || time.isAfter(RemoteSpanWriter.LATEST_TIME)) {
            throw new SpanStoreException(
                    Reason.INVALID_SPAN,
                    "Span " + span.spanId() + " of trace " + span.traceId() + ": " + what + " " + time
                            + " must lie after 1970-01-01T00:00:00Z and not after " + RemoteSpanWriter.LATEST_TIME
                            + ", as far as OpenTelemetry's protocol can say. Set the clock right, or write the span to"
                            + " the database itself. Nothing was written.");
        }
        return time.getEpochSecond() * NANOS_PER_SECOND + time.getNano();
    }
}
