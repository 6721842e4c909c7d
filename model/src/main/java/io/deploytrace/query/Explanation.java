package io.deploytrace.query;

import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Computes {@link Why} from the spans of a trace and of those linked to it. */
final class Explanation {

    private final TraceLinks links;
    private final TraceLinks.Trace main;
    private Outcome outcome;
    private final List<Step> causes;
    private final Set<SpanKey> standing = new HashSet<>();
    private final Map<SpanKey, List<Step>> inside = new HashMap<>();

    private Explanation(Collection<Span> spans) {
        links = TraceLinks.of(spans);
        main = links.traces().iterator().next();
        var finding = OutcomeRules.find(main.steps());
        outcome = finding.outcome();
        causes = new ArrayList<>(finding.causes());
        addStanding(causes);
    }

    static Why of(Collection<Span> spans) {
        if (spans.isEmpty()) {
            throw new IllegalArgumentException("spans must not be empty: there is nothing to explain");
        }
        return new Explanation(spans).explain();
    }

    private Why explain() {
        for (var trace : links.traces()) {
            var anchor = links.anchorOf(trace.id());
            if (anchor != null && !trace.id().equals(main.id())) {
                addLinked(anchor, OutcomeRules.find(trace.steps()));
            }
        }
        var spans = main.steps().stream().map(Step::span).toList();
        return new Why(
                TraceSummary.of(spans),
                outcome,
                Completeness.of(spans),
                inOrder().map(Blockers::of).toList(),
                lastActivity());
    }

    private void addLinked(SpanKey anchor, Finding linked) {
        var gotGoing = outcome == Outcome.DEPLOYED || outcome == Outcome.RUNNING || outcome == Outcome.FAILED;
        if (!gotGoing) {
            return;
        }
        if (linked.outcome() == Outcome.FAILED) {
            outcome = Outcome.FAILED;
            replace(anchor, linked.causes());
        } else if (linked.outcome() == Outcome.RUNNING && outcome == Outcome.DEPLOYED) {
            outcome = Outcome.RUNNING;
        }
    }

    /** What failed inside a job explains more than that the job failed. */
    private void replace(SpanKey anchor, List<Step> within) {
        if (standing.remove(anchor)) {
            inside.put(anchor, within);
        } else {
            causes.addAll(within);
        }
        addStanding(within);
    }

    private void addStanding(List<Step> steps) {
        steps.forEach(step -> standing.add(step.span().key()));
    }

    /** The causes, each that was replaced by what stands in its place. */
    private Stream<Step> inOrder() {
        var ordered = new ArrayList<Step>();
        var todo = new ArrayDeque<Step>(causes);
        while (!todo.isEmpty()) {
            var cause = todo.pop();
            var within = inside.get(cause.span().key());
            if (within == null) {
                ordered.add(cause);
                continue;
            }
            for (var i = within.size() - 1; i >= 0; i--) {
                todo.push(within.get(i));
            }
        }
        return ordered.stream();
    }

    private Instant lastActivity() {
        Instant latest = null;
        for (var trace : links.traces()) {
            for (var step : trace.steps()) {
                latest = later(latest, step.span().startTime());
                latest = later(latest, step.span().endTime());
                for (var event : step.span().events()) {
                    latest = later(latest, event.time());
                }
            }
        }
        return latest == null ? main.start() : latest;
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isAfter(b) ? a : b;
    }
}
