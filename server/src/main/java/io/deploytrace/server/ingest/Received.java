package io.deploytrace.server.ingest;

import io.deploytrace.span.Span;

/**
 * A span that can be stored.
 *
 * @param span the span as it is stored
 * @param traceId its trace id as it was sent
 */
record Received(Span span, String traceId) {

    String describe() {
        return "span " + span.spanId() + " of trace " + traceId;
    }
}
