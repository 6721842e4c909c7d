package io.deploytrace.query;

import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what has begun and not ended. */
final class OpenSteps {

    private final TraceLinks links;

    /** What lies around something that is open. */
    private final Set<SpanKey> around = new HashSet<>();

    private OpenSteps(TraceLinks links) {
        this.links = links;
    }

    /**
     * The innermost spans that are open, in the order of the traces: first the one that is linked to none of them, then each after the one
     * it is linked to.
     */
    static List<Span> innermost(List<TraceLinks.Trace> traces, TraceLinks links) {
        var open = new OpenSteps(links);
        for (var i = traces.size() - 1; i >= 0; i--) {
            open.add(traces.get(i), i > 0);
        }
        return traces.stream()
                .flatMap(trace -> trace.steps().stream())
                .map(Step::span)
                .filter(span -> span.isOpen() && !open.around.contains(span.key()))
                .limit(Why.MAXIMUM_OPEN)
                .toList();
    }

    private void add(TraceLinks.Trace trace, boolean isLinked) {
        Map<String, @Nullable String> parents = new HashMap<>();
        trace.steps()
                .forEach(step -> parents.put(step.span().spanId(), step.span().parentSpanId()));
        var isOpen = false;
        for (var step : trace.steps()) {
            if (step.span().isOpen() || around.contains(step.span().key())) {
                isOpen = true;
                var at = step.span().parentSpanId();
                while (at != null && around.add(new SpanKey(trace.id(), at))) {
                    at = parents.get(at);
                }
            }
        }
        var anchor = isOpen && isLinked ? links.anchorOf(trace.id()) : null;
        if (anchor != null) {
            around.add(anchor);
        }
    }
}
