package io.deploytrace.query;

import io.deploytrace.query.TraceNode.Placement;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds a {@link TraceTree}. Spans go by their index in order; {@link #NONE} stands for no span. */
final class TreeBuilder {

    private static final int NONE = -1;

    private final List<Span> spans;
    private final Placement[] placements;
    private final int[] parents;
    private final int[] firstChild;
    private final int[] nextSibling;

    TreeBuilder(Collection<Span> unordered) {
        var links = TraceLinks.of(unordered);
        spans = links.spansInOrder();
        placements = new Placement[spans.size()];
        parents = new int[spans.size()];
        firstChild = new int[spans.size()];
        nextSibling = new int[spans.size()];
        findParents(links);
        cutCircles();
        findChildren();
    }

    private void findParents(TraceLinks links) {
        Map<SpanKey, Integer> indexes = new HashMap<>();
        for (var i = 0; i < spans.size(); i++) {
            indexes.put(spans.get(i).key(), i);
        }
        for (var i = 0; i < spans.size(); i++) {
            var span = spans.get(i);
            var named = span.parentSpanId();
            var parent = named == null ? null : indexes.get(new SpanKey(span.traceId(), named));
            var anchor = parent == null ? links.anchorOf(span.traceId()) : null;
            placements[i] = placement(named != null, parent != null, anchor != null);
            parents[i] = parent != null ? parent : anchor == null ? NONE : indexes.getOrDefault(anchor, NONE);
        }
    }

    private static Placement placement(boolean namesParent, boolean hasParent, boolean isLinked) {
        if (hasParent) {
            return Placement.CHILD;
        }
        if (namesParent) {
            return Placement.ORPHAN;
        }
        return isLinked ? Placement.LINKED : Placement.ROOT;
    }

    /** Makes the first span of each circle of parents one without a parent. */
    private void cutCircles() {
        var walkOf = new int[spans.size()];
        for (var start = 0; start < spans.size(); start++) {
            var at = start;
            while (at != NONE && walkOf[at] == 0) {
                walkOf[at] = start + 1;
                at = parents[at];
            }
            if (at != NONE && walkOf[at] == start + 1) {
                cut(firstOfCircle(at));
            }
        }
    }

    private int firstOfCircle(int member) {
        var first = member;
        for (var at = parents[member]; at != member; at = parents[at]) {
            first = Math.min(first, at);
        }
        return first;
    }

    private void cut(int index) {
        parents[index] = NONE;
        placements[index] = Placement.CIRCLE;
    }

    private void findChildren() {
        Arrays.fill(firstChild, NONE);
        for (var i = spans.size() - 1; i >= 0; i--) {
            if (parents[i] != NONE) {
                nextSibling[i] = firstChild[parents[i]];
                firstChild[parents[i]] = i;
            }
        }
    }

    TraceTree build() {
        var levels = new int[spans.size()];
        var depths = new int[spans.size()];
        var topDown = topDown();
        for (var i : topDown) {
            var parent = parents[i];
            var depth = spans.get(i).depth();
            levels[i] = parent == NONE ? 0 : levels[parent] + 1;
            depths[i] = depth != null ? depth : parent == NONE ? 0 : depths[parent] + 1;
        }
        var nodes = new TraceNode[spans.size()];
        for (var at = topDown.length - 1; at >= 0; at--) {
            var i = topDown[at];
            nodes[i] = new TraceNode(spans.get(i), placements[i], levels[i], depths[i], childrenOf(i, nodes));
        }
        return tree(topDown, nodes);
    }

    /** The indexes, each before those of its children. */
    private int[] topDown() {
        var ordered = new int[spans.size()];
        var count = 0;
        var todo = new ArrayDeque<Integer>();
        for (var top = 0; top < spans.size(); top++) {
            if (parents[top] == NONE) {
                todo.push(top);
            }
            while (!todo.isEmpty()) {
                int at = todo.pop();
                ordered[count++] = at;
                pushIfAny(todo, parents[at] == NONE ? NONE : nextSibling[at]);
                pushIfAny(todo, firstChild[at]);
            }
        }
        return ordered;
    }

    private static void pushIfAny(ArrayDeque<Integer> todo, int index) {
        if (index != NONE) {
            todo.push(index);
        }
    }

    private List<TraceNode> childrenOf(int parent, TraceNode[] nodes) {
        var children = new ArrayList<TraceNode>();
        for (var child = firstChild[parent]; child != NONE; child = nextSibling[child]) {
            children.add(nodes[child]);
        }
        return children;
    }

    private TraceTree tree(int[] topDown, TraceNode[] nodes) {
        var roots = new ArrayList<TraceNode>();
        var ordered = new ArrayList<TraceNode>(nodes.length);
        for (var i : topDown) {
            ordered.add(nodes[i]);
            if (parents[i] == NONE) {
                roots.add(nodes[i]);
            }
        }
        return new TraceTree(roots, ordered);
    }
}
