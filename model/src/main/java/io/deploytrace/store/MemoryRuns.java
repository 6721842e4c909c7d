package io.deploytrace.store;

import io.deploytrace.query.Outcome;
import io.deploytrace.query.TraceRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Puts traces of an {@link InMemorySpanStore} together that give the same answer. */
final class MemoryRuns {

    /** What a linked trace came to. */
    private record End(Outcome outcome, String fingerprint) {}

    private final Map<String, MemoryTrace> byId = new HashMap<>();
    private final MemoryLinks links;

    /** All traces of the workspace. */
    MemoryRuns(List<MemoryTrace> traces) {
        traces.forEach(trace -> byId.put(trace.traceId(), trace));
        links = MemoryLinks.ofSummaries(traces);
    }

    Stream<TraceRun> of(Stream<MemoryTrace> newestFirst) {
        var runs = new ArrayList<TraceRun>();
        var ends = new ArrayList<List<End>>();
        newestFirst.forEach(trace -> {
            var last = runs.size() - 1;
            var end = unfinished(trace);
            var brief = trace.stored().brief();
            if (last >= 0 && runs.get(last).goesOnWith(brief) && ends.get(last).equals(end)) {
                runs.set(last, runs.get(last).and(TraceRun.of(brief)));
            } else {
                runs.add(TraceRun.of(brief));
                ends.add(end);
            }
        });
        return runs.stream();
    }

    /** What the linked traces came to that failed or are running; nothing where no job began. */
    private List<End> unfinished(MemoryTrace trace) {
        var ends = new ArrayList<End>();
        var level = LinkedOutcomes.gotGoing(trace.summary().outcome()) ? Set.of(trace.traceId()) : Set.<String>of();
        for (var i = 0; i < TraceRun.LEVELS; i++) {
            level = links.below(level);
            level.stream()
                    .flatMap(id -> Stream.ofNullable(byId.get(id)))
                    .map(linked ->
                            new End(linked.summary().outcome(), linked.summary().fingerprint()))
                    .filter(end -> LinkedOutcomes.matters(end.outcome()))
                    .forEach(ends::add);
        }
        ends.sort(Comparator.comparing(End::outcome).thenComparing(End::fingerprint));
        return ends;
    }
}
