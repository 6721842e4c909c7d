package io.deploytrace.store;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Instant;
import java.util.List;

/** Spans that differ from a good one in a single thing. */
final class TestSpans {

    static final String WORKSPACE = "0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47";
    static final String OTHER_WORKSPACE = "7d9b2a10-1111-4222-8333-444455556666";
    static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    static final String SPAN = "00f067aa0ba902b7";
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    static final Instant END = START.plusSeconds(2);

    private TestSpans() {}

    static Span good() {
        return span(TRACE, SPAN, null);
    }

    static Span span(String traceId, String spanId, String parentSpanId) {
        return new Span(traceId, spanId, parentSpanId, "Approval Policy", START, END, workspace(WORKSPACE), List.of());
    }

    static Attributes workspace(String workspaceId) {
        return Attributes.of(AttributeKeys.WORKSPACE_ID, workspaceId);
    }

    static Span with(String key, Object value) {
        return with(good().attributes().toBuilder().put(key, value).build());
    }

    static Span with(Attributes attributes) {
        return new Span(TRACE, SPAN, null, "Approval Policy", START, END, attributes, List.of());
    }

    static Span with(List<SpanEvent> events) {
        return new Span(TRACE, SPAN, null, "Approval Policy", START, END, workspace(WORKSPACE), events);
    }

    static Span named(String name) {
        return new Span(TRACE, SPAN, null, name, START, END, workspace(WORKSPACE), List.of());
    }

    static Span between(Instant start, Instant end) {
        return new Span(TRACE, SPAN, null, "Approval Policy", start, end, workspace(WORKSPACE), List.of());
    }
}
