package io.deploytrace.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which traces of an {@link InMemorySpanStore} are linked to which. */
final class MemoryLinks {

    private final Map<String, List<String>> children = new HashMap<>();

    /** The links of the traces, each of which names some others as its parents. */
    MemoryLinks(List<MemoryTrace> traces, Function<MemoryTrace, List<String>> parents) {
        for (var trace : traces) {
            for (var parent : parents.apply(trace)) {
                children.computeIfAbsent(parent, first -> new ArrayList<>()).add(trace.traceId());
            }
        }
    }

    /** The links as the summaries tell them: each trace names one at the most. */
    static MemoryLinks ofSummaries(List<MemoryTrace> traces) {
        return new MemoryLinks(
                traces,
                trace -> Stream.ofNullable(trace.summary().parentTraceId()).toList());
    }

    /** Those that name one of the traces as their parent. */
    Set<String> below(Set<String> traceIds) {
        var below = new HashSet<String>();
        traceIds.forEach(id -> below.addAll(children.getOrDefault(id, List.of())));
        return below;
    }

    /** The trace and all that are linked to it, at whatever level. */
    Set<String> under(String traceId) {
        var found = new HashSet<String>();
        var todo = new ArrayDeque<>(List.of(traceId));
        while (!todo.isEmpty()) {
            var next = todo.remove();
            if (found.add(next)) {
                todo.addAll(children.getOrDefault(next, List.of()));
            }
        }
        return found;
    }
}
