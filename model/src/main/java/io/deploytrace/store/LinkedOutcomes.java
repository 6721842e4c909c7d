package io.deploytrace.store;

import io.deploytrace.query.Outcome;
import io.deploytrace.query.TraceBrief;
import io.deploytrace.query.TraceSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Counts what jobs recorded themselves into the outcomes of traces. For use by one thread. */
final class LinkedOutcomes {

    private static final Set<Outcome> GOT_GOING = EnumSet.of(Outcome.DEPLOYED, Outcome.RUNNING, Outcome.FAILED);

    private final SpanReader reader;
    private final UUID workspaceId;
    private final Deadline deadline;

    LinkedOutcomes(SpanReader reader, UUID workspaceId, Deadline deadline) {
        this.reader = reader;
        this.workspaceId = workspaceId;
        this.deadline = deadline;
    }

    /** The traces, each with those linked to it, by their ids. */
    Map<String, TraceBrief> of(Collection<TraceBrief> traces) {
        var all = new HashMap<String, TraceBrief>();
        var ids = new ArrayList<String>();
        for (var trace : traces) {
            if (all.put(trace.traceId(), trace) == null && GOT_GOING.contains(trace.outcome())) {
                ids.add(trace.traceId());
            }
        }
        for (var start = 0; start < ids.size(); start += SpanReader.MAXIMUM_KEYS) {
            var part = ids.subList(start, Math.min(ids.size(), start + SpanReader.MAXIMUM_KEYS));
            reader.linkedTraces(workspaceId, part, deadline)
                    .forEach((id, linked) ->
                            all.computeIfPresent(id, (same, trace) -> trace.withLinked(summaries(linked))));
        }
        return all;
    }

    private static List<TraceSummary> summaries(List<StoredTrace> traces) {
        return traces.stream().map(StoredTrace::summary).toList();
    }
}
