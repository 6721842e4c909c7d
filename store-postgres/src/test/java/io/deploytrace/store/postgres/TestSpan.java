package io.deploytrace.store.postgres;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A span to be tested with: the root of its trace with sequence 0, else a child of the root. */
final class TestSpan {

    static final Instant START = Instant.parse("2026-11-22T09:00:00.123456Z");

    private final String traceId;
    private final String spanId;
    private final int sequence;
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private final List<SpanEvent> events = new ArrayList<>();
    private String parentSpanId;
    private String name;
    private Instant start;
    private Duration duration = Duration.ofSeconds(1);

    private TestSpan(UUID workspaceId, String traceId, int sequence) {
        this.traceId = traceId;
        this.spanId = spanId(workspaceId, sequence);
        this.sequence = sequence;
        this.parentSpanId = sequence == 0 ? null : spanId(workspaceId, 0);
        this.name = "Step " + sequence;
        this.start = START.plusSeconds(sequence);
        with(AttributeKeys.WORKSPACE_ID, workspaceId.toString());
        target("api");
        is(sequence == 0 ? "reconciliation" : "planning", sequence == 0 ? "phase" : "evaluation", "completed");
        with(AttributeKeys.DEPTH, sequence == 0 ? 0 : 1);
        with(AttributeKeys.SEQUENCE, sequence);
    }

    static TestSpan of(UUID workspaceId, int trace, int sequence) {
        return new TestSpan(workspaceId, traceId(trace), sequence);
    }

    static String traceId(int trace) {
        return "%032x".formatted(trace);
    }

    /**
     * The same trace may have spans in several workspaces, if other programs make ids as they like; no span is in two.
     */
    static String spanId(UUID workspaceId, int sequence) {
        return "%08x%08x".formatted(workspaceId.hashCode(), sequence + 1);
    }

    TestSpan name(String value) {
        name = value;
        return this;
    }

    TestSpan parent(String value) {
        parentSpanId = value;
        return this;
    }

    TestSpan start(Instant value) {
        start = value;
        return this;
    }

    TestSpan open() {
        duration = null;
        return with(AttributeKeys.STATUS, "running");
    }

    TestSpan target(String value) {
        return with(AttributeKeys.RELEASE_TARGET_KEY, value);
    }

    TestSpan release(String value) {
        return with(AttributeKeys.RELEASE_ID, value);
    }

    TestSpan job(String value) {
        return with(AttributeKeys.JOB_ID, value);
    }

    TestSpan parentTrace(int trace) {
        return with(AttributeKeys.PARENT_TRACE_ID, traceId(trace));
    }

    TestSpan is(String phase, String nodeType, String status) {
        return with(AttributeKeys.PHASE, phase)
                .with(AttributeKeys.NODE_TYPE, nodeType)
                .with(AttributeKeys.STATUS, status);
    }

    TestSpan with(String key, Object value) {
        attributes.put(key, value);
        return this;
    }

    TestSpan without(String key) {
        attributes.remove(key);
        return this;
    }

    TestSpan event(String eventName, Attributes eventAttributes) {
        events.add(new SpanEvent(eventName, start.plusNanos(1), eventAttributes));
        return this;
    }

    Span build() {
        var end = duration == null ? null : start.plus(duration);
        return new Span(traceId, spanId, parentSpanId, name, start, end, Attributes.copyOf(attributes), events);
    }

    @Override
    public String toString() {
        return traceId + "/" + sequence;
    }
}
