package io.deploytrace.server.ingest;

import io.opentelemetry.proto.trace.v1.Span;

/**
 * Spans that were rejected for one reason.
 *
 * @param reason why
 * @param spans how many, at least 1
 * @param which what names them; holds nothing of what the sender wrote but ids
 * @param problem why in words for the sender, and what to do
 */
record Rejection(RejectionReason reason, int spans, String which, String problem) {

    static Rejection of(Span sent, Refusal refusal) {
        return new Rejection(
                refusal.reason(),
                1,
                "span " + Shown.id(sent.getSpanId()) + " of trace " + Shown.id(sent.getTraceId()),
                refusal.problem());
    }

    /** For the sender. */
    String text() {
        return Character.toUpperCase(which.charAt(0)) + which.substring(1) + ": " + problem;
    }
}
