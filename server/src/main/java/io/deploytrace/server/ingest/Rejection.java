package io.deploytrace.server.ingest;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * Spans that were rejected for one reason.
 *
 * @param reason why
 * @param spans how many, at least 1
 * @param text which and why in words for the sender, a sentence
 */
record Rejection(RejectionReason reason, int spans, String text) {

    static Rejection of(Span sent, Refusal refusal) {
        return of(sent.getTraceId(), sent.getSpanId(), refusal);
    }

    private static Rejection of(ByteString traceId, ByteString spanId, Refusal refusal) {
        return new Rejection(
                refusal.reason(),
                1,
                "Span " + Shown.id(spanId) + " of trace " + Shown.id(traceId) + ": " + refusal.problem());
    }
}
