package io.deploytrace.query;

import io.deploytrace.span.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Decides whether spans of a trace are missing, as {@link Completeness#PARTIAL} defines it, and which are known to. */
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

    /** The parents that are named and aren't there, in the order of the first span that names each; the first few. */
    static List<MissingParent> parentsOf(List<Span> spansInOrder) {
        Set<String> there = new HashSet<>();
        spansInOrder.forEach(span -> there.add(span.spanId()));
        Map<String, List<Span>> orphans = new LinkedHashMap<>();
        for (var span : spansInOrder) {
            var parent = span.parentSpanId();
            if (parent != null && !there.contains(parent)) {
                orphans.computeIfAbsent(parent, id -> new ArrayList<>()).add(span);
            }
        }
        return orphans.entrySet().stream()
                .limit(Why.MAXIMUM_MISSING_PARENTS)
                .map(missing -> new MissingParent(
                        missing.getKey(),
                        missing.getValue()
                                .subList(0, Math.min(missing.getValue().size(), MissingParent.MAXIMUM_CHILDREN)),
                        missing.getValue().size()))
                .toList();
    }

    private static boolean hasNoGap(Span root, Collection<Span> spans) {
        var start = root.sequence();
        if (start == null || start != 0 || spans.stream().anyMatch(span -> span.sequence() == null)) {
            return true;
        }
        if (OutcomeRules.isExternal(spans.stream().map(Step::of).toList())) {
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
