package io.deploytrace.cli;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the spans of a trace with settled ids and times. */
final class TestTrace {

    static final Instant START = Instant.parse("2026-11-22T12:20:00Z");
    static final String WORKSPACE = "0193a4c0-0000-7000-8000-000000000001";

    private final String traceId;
    private final Attributes common;
    private final List<Span> spans = new ArrayList<>();

    TestTrace(int number, Map<String, Object> common) {
        this.traceId = "%032x".formatted(number);
        var all = Attributes.builder().put(AttributeKeys.WORKSPACE_ID, WORKSPACE);
        new TreeMap<>(common).forEach((key, value) -> all.put(AttributeKeys.PREFIX + key, value));
        this.common = all.build();
    }

    String traceId() {
        return traceId;
    }

    List<Span> spans() {
        return spans;
    }

    /** Adds a span below the one with the number, or a root below -1; keys are without their prefix. Its number is returned. */
    int add(int parent, String name, long milliseconds, Map<String, Object> attributes, SpanEvent... events) {
        var number = spans.size();
        var all = common.toBuilder().put(AttributeKeys.SEQUENCE, number);
        new TreeMap<>(attributes)
                .forEach((key, value) -> all.put(key.startsWith("x.") ? key : AttributeKeys.PREFIX + key, value));
        var start = START.plusMillis(10L * number);
        spans.add(new Span(
                traceId,
                id(number),
                parent < 0 ? null : id(parent),
                name,
                start,
                milliseconds < 0 ? null : start.plusMillis(milliseconds),
                all.build(),
                List.of(events)));
        return number;
    }

    static String id(int number) {
        return "%016x".formatted(number + 1);
    }

    static SpanEvent event(String key, Object value) {
        return new SpanEvent(key, START.plus(Duration.ofMillis(5)), Attributes.of(key, value));
    }
}
