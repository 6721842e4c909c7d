package io.deploytrace.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

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
