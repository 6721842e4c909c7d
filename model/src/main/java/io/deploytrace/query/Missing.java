package io.deploytrace.query;

import io.deploytrace.span.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Decides whether spans of a trace are missing, as {@link Completeness#PARTIAL} defines it. */
final class Missing {

    private Missing() {}

    static boolean nothingOf(Collection<Span> spans) {
        var roots = spans.stream().filter(span -> span.parentSpanId() == null).toList();
        return roots.size() == 1 && below(roots.get(0), spans) == spans.size() && hasNoGap(roots.get(0), spans);
    }

    /** How many spans lead up to the root, itself included. */
    private static int below(Span root, Collection<Span> spans) {
        Map<String, List<Span>> children = new HashMap<>();
        for (var span : spans) {
            if (span.parentSpanId() != null) {
                children.computeIfAbsent(span.parentSpanId(), id -> new ArrayList<>())
                        .add(span);
            }
        }
        var count = 0;
        var todo = new ArrayDeque<Span>(List.of(root));
        while (!todo.isEmpty()) {
            var below = children.remove(todo.remove().spanId());
            count++;
            todo.addAll(below == null ? List.of() : below);
        }
        return count;
    }

    private static boolean hasNoGap(Span root, Collection<Span> spans) {
        var start = root.sequence();
        if (start == null || start != 0 || spans.stream().anyMatch(span -> span.sequence() == null)) {
            return true;
        }
        var seen = new BitSet(spans.size());
        for (var span : spans) {
            var sequence = Objects.requireNonNull(span.sequence());
            if (sequence >= spans.size()) {
                return false;
            }
            seen.set(Math.max(sequence, 0));
        }
        return seen.cardinality() == seen.length();
    }
}
