package io.deploytrace.store;

import io.deploytrace.query.Blocker;
import io.deploytrace.query.Outcome;
import io.deploytrace.query.TraceBrief;
import io.deploytrace.query.Why;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Counts what jobs recorded themselves into the outcomes of traces. Where one of these failed or is running, {@link Why} tells, from the
 * outlines of all: so that every answer says the same of a trace. For use by one thread.
 */
final class LinkedOutcomes {

    private static final Set<Outcome> GOT_GOING = EnumSet.of(Outcome.DEPLOYED, Outcome.RUNNING, Outcome.FAILED);
    private static final Set<Outcome> MATTER = EnumSet.of(Outcome.RUNNING, Outcome.FAILED);

    private final SpanReader reader;
    private final UUID workspaceId;
    private final Deadline deadline;

    LinkedOutcomes(SpanReader reader, UUID workspaceId, Deadline deadline) {
        this.reader = reader;
        this.workspaceId = workspaceId;
        this.deadline = deadline;
    }

    /** Whether the traces that are linked to one with the outcome count: its job may have begun. */
    static boolean gotGoing(Outcome outcome) {
        return GOT_GOING.contains(outcome);
    }

    /** Whether a linked trace with the outcome changes what came of the one that it is linked to. */
    static boolean matters(Outcome outcome) {
        return MATTER.contains(outcome);
    }

    /** The trace, which is linked to none itself, with those linked to it. */
    TraceBrief of(TraceBrief trace) {
        return Objects.requireNonNull(of(List.of(trace)).get(trace.traceId()));
    }

    /** The traces, which are linked to none themselves, each with those linked to it; by their ids. */
    Map<String, TraceBrief> of(Collection<TraceBrief> traces) {
        var all = new HashMap<String, TraceBrief>();
        traces.forEach(trace -> all.put(trace.traceId(), trace));
        var part = new ArrayList<String>();
        var spans = 0L;
        for (var size : toBeExplained(all).entrySet()) {
            if (!part.isEmpty()
                    && (spans + size.getValue() > Answers.SMALL || part.size() == SpanReader.MAXIMUM_KEYS)) {
                explain(part, all);
                part.clear();
                spans = 0;
            }
            part.add(size.getKey());
            spans += size.getValue();
        }
        explain(part, all);
        return all;
    }

    /** Those that may have come to something else than they say themselves, each with the number of spans it is to be explained from. */
    private Map<String, Long> toBeExplained(Map<String, TraceBrief> all) {
        var ids = all.values().stream()
                .filter(trace -> gotGoing(trace.outcome()))
                .map(TraceBrief::traceId)
                .toList();
        var sizes = new LinkedHashMap<String, Long>();
        for (var start = 0; start < ids.size(); start += SpanReader.MAXIMUM_KEYS) {
            var part = ids.subList(start, Math.min(ids.size(), start + SpanReader.MAXIMUM_KEYS));
            reader.linkedTraces(workspaceId, part, deadline).forEach((id, linked) -> {
                if (linked.stream().anyMatch(trace -> matters(trace.summary().outcome()))) {
                    var own = Objects.requireNonNull(all.get(id)).spanCount();
                    sizes.put(id, own + spanCount(linked));
                }
            });
        }
        return sizes;
    }

    private static long spanCount(List<StoredTrace> traces) {
        return traces.stream().mapToLong(trace -> trace.summary().spanCount()).sum();
    }

    private void explain(List<String> ids, Map<String, TraceBrief> all) {
        var answers = ids.isEmpty() ? List.<Why>of() : whys(ids);
        var causes = wholeCauses(answers);
        for (var why : answers) {
            var cause = why.cause();
            var first = cause == null ? null : causes.getOrDefault(cause.span().key(), cause.span());
            all.computeIfPresent(why.summary().traceId(), (id, trace) -> trace.with(why.outcome(), first));
        }
    }

    private List<Why> whys(List<String> ids) {
        return reader.outlines(workspaceId, ids, deadline).values().stream()
                .map(Why::of)
                .toList();
    }

    /** An outline doesn't say what a cause says. */
    private Map<SpanKey, Span> wholeCauses(List<Why> answers) {
        var keys = answers.stream()
                .map(Why::cause)
                .filter(Objects::nonNull)
                .map(Blocker::span)
                .map(Span::key)
                .toList();
        Map<SpanKey, Span> whole = new HashMap<>();
        if (!keys.isEmpty()) {
            reader.spansOf(workspaceId, keys, deadline).forEach(span -> whole.put(span.key(), span));
        }
        return whole;
    }
}
