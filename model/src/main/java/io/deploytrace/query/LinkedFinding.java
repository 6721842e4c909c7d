package io.deploytrace.query;

import io.deploytrace.span.SpanKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a trace came to together with the traces linked to it. What failed inside a job explains more than that the job, or
 * something around it, failed: it stands in the place of these.
 *
 * @param outcome what became of it
 * @param parts what decided against it, in the order of the trace
 */
record LinkedFinding(Outcome outcome, List<Part> parts) {

    /**
     * One cause, or what a linked trace came to: one of the two.
     *
     * @param place where in the trace it belongs
     */
    private record Part(
            int place, @Nullable Step cause, @Nullable LinkedFinding linked) {}

    /**
     * What the trace came to.
     *
     * @param linked what those linked to it came to, by the span under which each stands
     */
    static LinkedFinding of(TraceLinks.Trace trace, Map<SpanKey, List<LinkedFinding>> linked) {
        var own = OutcomeRules.find(trace.steps());
        var gotGoing = own.outcome() == Outcome.DEPLOYED
                || own.outcome() == Outcome.RUNNING
                || own.outcome() == Outcome.FAILED;
        if (gotGoing && isAny(linked, Outcome.FAILED)) {
            return new LinkedFinding(Outcome.FAILED, parts(trace, own, linked));
        }
        var isRunning = own.outcome() == Outcome.DEPLOYED && isAny(linked, Outcome.RUNNING);
        return new LinkedFinding(
                isRunning ? Outcome.RUNNING : own.outcome(),
                own.causes().stream().map(cause -> new Part(0, cause, null)).toList());
    }

    private static boolean isAny(Map<SpanKey, List<LinkedFinding>> linked, Outcome outcome) {
        return linked.values().stream()
                .anyMatch(findings -> findings.stream().anyMatch(finding -> finding.outcome() == outcome));
    }

    private static List<Part> parts(TraceLinks.Trace trace, Finding own, Map<SpanKey, List<LinkedFinding>> linked) {
        Map<SpanKey, Integer> places = new HashMap<>();
        trace.steps().forEach(step -> places.put(step.span().key(), places.size()));
        var parts = new ArrayList<Part>();
        linked.forEach((anchor, findings) -> findings.stream()
                .filter(finding -> finding.outcome() == Outcome.FAILED)
                .forEach(finding -> parts.add(new Part(places.getOrDefault(anchor, 0), null, finding))));
        var explained = explained(trace, linked);
        own.causes().stream()
                .filter(cause -> !explained.contains(cause.span().spanId()))
                .forEach(cause ->
                        parts.add(new Part(places.getOrDefault(cause.span().key(), 0), cause, null)));
        parts.sort(Comparator.comparingInt(Part::place));
        return parts;
    }

    /** The spans below which a linked trace failed, and all around them. */
    private static Set<String> explained(TraceLinks.Trace trace, Map<SpanKey, List<LinkedFinding>> linked) {
        Map<String, @Nullable String> parents = new HashMap<>();
        for (var step : trace.steps()) {
            parents.put(step.span().spanId(), step.span().parentSpanId());
        }
        Set<String> explained = new HashSet<>();
        linked.forEach((anchor, findings) -> {
            var failed = findings.stream().anyMatch(finding -> finding.outcome() == Outcome.FAILED);
            var at = failed ? anchor.spanId() : null;
            while (at != null && explained.add(at)) {
                at = parents.get(at);
            }
        });
        return explained;
    }

    /** The steps that decided against it, in order, whatever trace they are of. */
    Stream<Step> causes() {
        var causes = new ArrayList<Step>();
        var todo = new ArrayDeque<>(parts);
        while (!todo.isEmpty()) {
            var part = todo.pop();
            if (part.cause() != null) {
                causes.add(part.cause());
            } else if (part.linked() != null) {
                var inside = part.linked().parts();
                for (var i = inside.size() - 1; i >= 0; i--) {
                    todo.push(inside.get(i));
                }
            }
        }
        return causes.stream();
    }
}
