package io.deploytrace.recorder;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;

/**
 * The ids of one trace. The trace id begins with the 48 bits of the milliseconds since 1970, so that traces order
 * by time in an index; its other 80 bits are random. Span ids are random, and none occurs twice.
 * Not safe for use by several threads.
 */
final class TraceIdentifiers {

    private static final RandomBits RANDOM = new RandomBits();
    private static final int LOW_BITS_OF_MILLISECONDS = 16;

    private final String traceId;
    private final LongSet spanIds = new LongSet();

    TraceIdentifiers(long epochMillis) {
        var random = RANDOM.nextLong() >>> (Long.SIZE - LOW_BITS_OF_MILLISECONDS);
        this.traceId = TraceId.fromLongs((epochMillis << LOW_BITS_OF_MILLISECONDS) | random, nonZero());
    }

    String traceId() {
        return traceId;
    }

    String nextSpanId() {
        var id = nonZero();
        while (!spanIds.add(id)) {
            id = nonZero();
        }
        return SpanId.fromLong(id);
    }

    private static long nonZero() {
        var random = RANDOM.nextLong();
        while (random == 0) {
            random = RANDOM.nextLong();
        }
        return random;
    }
}
