package io.deploytrace.query;

import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import io.deploytrace.vocabulary.NodeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sorts spans by trace, and knows under which span of its parent trace each linked trace stands. */
final class TraceLinks {

    /**
     * One trace of several.
     *
     * @param steps its spans in sequence; not empty
     * @param parentTraceId the trace it names as its parent; null when it names none
     * @param jobId the first job it names; null when it names none
     * @param start the earliest start
     */
    record Trace(
            List<Step> steps,
            @Nullable String parentTraceId,
            @Nullable String jobId,
            Instant start) {

        static Trace of(List<Span> spans) {
            var steps = Step.inSequence(spans);
            var traceId = spans.get(0).traceId();
            return new Trace(
                    steps,
                    Summaries.first(steps, span -> traceId.equals(span.parentTraceId()) ? null : span.parentTraceId()),
                    Summaries.first(steps, Span::jobId),
                    Summaries.earliestStart(steps));
        }

        String id() {
            return steps.get(0).span().traceId();
        }
    }

    /**
     * Where in a trace others may stand.
     *
     * @param jobs the first action of each job
     * @param otherwise the root; where there is none, the first span
     */
    private record Places(Map<String, SpanKey> jobs, SpanKey otherwise) {

        static Places in(Trace parent) {
            Map<String, SpanKey> jobs = new HashMap<>();
            var root = parent.steps().get(0);
            for (var step : parent.steps()) {
                var jobId = step.span().jobId();
                if (step.is(NodeType.ACTION) && jobId != null) {
                    jobs.putIfAbsent(jobId, step.span().key());
                }
                if (root.span().parentSpanId() != null && step.span().parentSpanId() == null) {
                    root = step;
                }
            }
            return new Places(jobs, root.span().key());
        }

        SpanKey of(@Nullable String jobId) {
            return jobId == null ? otherwise : jobs.getOrDefault(jobId, otherwise);
        }
    }

    private final Map<String, Trace> traces;
    private final Map<String, SpanKey> anchors = new HashMap<>();

    private TraceLinks(Map<String, Trace> traces) {
        this.traces = traces;
        Map<String, Places> places = new HashMap<>();
        for (var trace : traces.values()) {
            var parent = trace.parentTraceId() == null ? null : traces.get(trace.parentTraceId());
            if (parent != null) {
                anchors.put(
                        trace.id(),
                        places.computeIfAbsent(parent.id(), id -> Places.in(parent))
                                .of(trace.jobId()));
            }
        }
    }

    static TraceLinks of(Collection<Span> spans) {
        Map<SpanKey, Span> distinct = new LinkedHashMap<>();
        for (var span : spans) {
            distinct.merge(span.key(), span, (kept, copy) -> copy.replaces(kept) ? copy : kept);
        }
        Map<String, List<Span>> byTrace = new HashMap<>();
        distinct.values()
                .forEach(span -> byTrace.computeIfAbsent(span.traceId(), id -> new ArrayList<>())
                        .add(span));
        Map<String, Trace> traces = new LinkedHashMap<>();
        byTrace.values().stream()
                .map(Trace::of)
                .sorted(Comparator.comparing((Trace trace) -> isLinked(trace, byTrace.keySet()))
                        .thenComparing(Trace::start)
                        .thenComparing(Trace::id))
                .forEach(trace -> traces.put(trace.id(), trace));
        return new TraceLinks(traces);
    }

    private static boolean isLinked(Trace trace, Collection<String> traceIds) {
        return trace.parentTraceId() != null && traceIds.contains(trace.parentTraceId());
    }

    /** The traces: those that belong under none of the others first, then by start. */
    Collection<Trace> traces() {
        return traces.values();
    }

    /** All spans, trace by trace, in sequence. */
    List<Span> spansInOrder() {
        return traces.values().stream()
                .flatMap(trace -> trace.steps().stream())
                .map(Step::span)
                .toList();
    }

    /** The span under which the roots of the trace stand; null when they stand at the top. */
    @Nullable SpanKey anchorOf(String traceId) {
        return anchors.get(traceId);
    }
}
