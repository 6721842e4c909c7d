package io.deploytrace.query;

import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import io.deploytrace.vocabulary.NodeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Computes {@link Why} from the spans of a trace and of those linked to it. Linear in their number, beside sorting. */
final class Explanation {

    private final TraceLinks links;
    private final TraceLinks.Trace main;

    /** The trace that is explained and those below it, each after the one it is linked to. */
    private final List<TraceLinks.Trace> reached = new ArrayList<>();

    private final Map<String, List<TraceLinks.Trace>> children = new HashMap<>();
    private final Map<SpanKey, Span> spans = new HashMap<>();

    private Explanation(Collection<Span> all) {
        links = TraceLinks.of(all);
        main = links.traces().iterator().next();
        for (var trace : links.traces()) {
            var anchor = links.anchorOf(trace.id());
            if (anchor != null) {
                children.computeIfAbsent(anchor.traceId(), first -> new ArrayList<>())
                        .add(trace);
            }
        }
        reach();
    }

    static Why of(Collection<Span> spans) {
        if (spans.isEmpty()) {
            throw new IllegalArgumentException("spans must not be empty: there is nothing to explain");
        }
        return new Explanation(spans).explain();
    }

    private void reach() {
        Set<String> seen = new HashSet<>(Set.of(main.id()));
        reached.add(main);
        for (var i = 0; i < reached.size(); i++) {
            reached.get(i).steps().forEach(step -> spans.put(step.span().key(), step.span()));
            for (var child : children.getOrDefault(reached.get(i).id(), List.of())) {
                if (seen.add(child.id())) {
                    reached.add(child);
                }
            }
        }
    }

    private Why explain() {
        var finding = finding();
        var own = main.steps().stream().map(Step::span).toList();
        return new Why(
                TraceSummary.of(own),
                finding.outcome(),
                Completeness.of(own),
                finding.causes()
                        .map(step -> Blockers.of(step, within(step.span())))
                        .toList(),
                OpenSteps.innermost(reached, links).stream()
                        .map(span -> new OpenStep(span, within(span)))
                        .toList(),
                Missing.parentsOf(own),
                main.steps().stream().anyMatch(step -> step.is(NodeType.CHECK)),
                lastActivity());
    }

    private LinkedFinding finding() {
        Map<String, LinkedFinding> findings = new HashMap<>();
        for (var i = reached.size() - 1; i > 0; i--) {
            findings.put(reached.get(i).id(), LinkedFinding.of(reached.get(i), linked(reached.get(i), findings)));
        }
        return LinkedFinding.of(main, linked(main, findings));
    }

    /** What the traces linked to a trace came to, by the span under which each stands. */
    private Map<SpanKey, List<LinkedFinding>> linked(TraceLinks.Trace trace, Map<String, LinkedFinding> findings) {
        Map<SpanKey, List<LinkedFinding>> linked = new LinkedHashMap<>();
        for (var child : children.getOrDefault(trace.id(), List.of())) {
            var finding = findings.get(child.id());
            var anchor = links.anchorOf(child.id());
            if (finding != null && anchor != null) {
                linked.computeIfAbsent(anchor, first -> new ArrayList<>()).add(finding);
            }
        }
        return linked;
    }

    /** The spans in whose linked traces a span lies, the outermost first. */
    private List<Span> within(Span span) {
        var within = new ArrayList<Span>();
        var traceId = span.traceId();
        while (!traceId.equals(main.id()) && within.size() < Blocker.MAXIMUM_WITHIN) {
            var anchor = links.anchorOf(traceId);
            var around = anchor == null ? null : spans.get(anchor);
            if (around == null) {
                return within;
            }
            within.add(0, around);
            traceId = around.traceId();
        }
        return within;
    }

    private Instant lastActivity() {
        var latest = main.start();
        for (var span : spans.values()) {
            latest = later(latest, span.startTime());
            latest = later(latest, span.endTime());
            for (var event : span.events()) {
                latest = later(latest, event.time());
            }
        }
        return latest;
    }

    private static Instant later(Instant a, @Nullable Instant b) {
        return b == null || a.isAfter(b) ? a : b;
    }
}
