package io.deploytrace.cli;

import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A trace that is sent in steps, and how far it came. Used by one thread at a time. */
final class GrowingTrace {

    private final List<List<Span>> steps;
    private int begun;
    private int acknowledged;

    private GrowingTrace(List<List<Span>> steps) {
        this.steps = steps;
    }

    /** One that is sent at once. */
    static GrowingTrace whole(List<Span> spans) {
        return new GrowingTrace(List.of(spans));
    }

    /** One of which the first half is sent first, while its root is open, and then the rest with the root ended. */
    static GrowingTrace growing(List<Span> spans) {
        var half = spans.size() / 2;
        var first = new ArrayList<>(spans.subList(0, half));
        first.set(0, open(spans.get(0)));
        var second = new ArrayList<>(spans.subList(half, spans.size()));
        second.add(spans.get(0));
        return new GrowingTrace(List.of(first, second));
    }

    private static Span open(Span span) {
        return new Span(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                span.name(),
                span.startTime(),
                null,
                span.attributes().toBuilder()
                        .put(AttributeKeys.STATUS, "running")
                        .build(),
                List.of());
    }

    String traceId() {
        return steps.get(0).get(0).traceId();
    }

    int steps() {
        return steps.size();
    }

    /** What a step sends; the first is 1. */
    List<Span> step(int number) {
        return steps.get(number - 1);
    }

    /** It may be stored up to this step from now on. */
    void begin(int step) {
        begun = step;
    }

    /** It is stored up to this step. */
    void acknowledge(int step) {
        acknowledged = step;
    }

    boolean isAcknowledged() {
        return acknowledged > 0;
    }

    /** All spans up to a step, by id. */
    Map<String, Span> upTo(int step) {
        var spans = new LinkedHashMap<String, Span>();
        steps.subList(0, step).forEach(sent -> sent.forEach(span -> spans.put(span.spanId(), span)));
        return spans;
    }

    /** The spans that are known to be stored. */
    Map<String, Span> acknowledgedSpans() {
        return upTo(acknowledged);
    }

    /** Whether these spans, by id, are all of it up to a step: not before what was acknowledged, not after what was sent. */
    boolean mayBe(Map<String, Span> stored) {
        for (var step = acknowledged; step <= begun; step++) {
            if (upTo(step).equals(stored)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "trace " + traceId() + ", acknowledged up to step " + acknowledged + ", sent up to " + begun + " of "
                + steps.size();
    }
}
