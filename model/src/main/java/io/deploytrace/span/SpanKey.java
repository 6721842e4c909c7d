package io.deploytrace.span;

import java.util.Comparator;

/**
 * What identifies a span: unique in a store, across all workspaces. Ordered by trace, then span.
 *
 * @param traceId the trace, 32 lower-case hex digits
 * @param spanId the span, 16 lower-case hex digits
 */
public record SpanKey(String traceId, String spanId) implements Comparable<SpanKey> {

    private static final Comparator<SpanKey> ORDER =
            Comparator.comparing(SpanKey::traceId).thenComparing(SpanKey::spanId);

    @Override
    public int compareTo(SpanKey other) {
        return ORDER.compare(this, other);
    }
}
