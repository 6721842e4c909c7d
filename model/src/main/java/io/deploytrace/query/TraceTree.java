package io.deploytrace.query;

import io.deploytrace.span.Span;
import java.util.Collection;
import java.util.List;

/**
 * The spans of a trace, or of several linked ones, as a tree. Built from any set of spans: nothing is left out, whatever
 * their parents say. Immutable.
 *
 * <p>A span stands under its parent, in sequence ({@link Span#IN_SEQUENCE}). The roots of a trace that names a parent trace stand
 * under the job it belongs to, if the parent trace is among the spans and has a job of that id, else under the parent
 * trace's root. A span whose parent isn't there, and one of each circle of parents, stand at the top, marked as such by
 * {@link TraceNode#placement()}.
 */
public final class TraceTree {

    private final List<TraceNode> roots;
    private final List<TraceNode> nodes;

    TraceTree(List<TraceNode> roots, List<TraceNode> nodes) {
        this.roots = List.copyOf(roots);
        this.nodes = List.copyOf(nodes);
    }

    /**
     * The tree of the spans; of several copies of a span, the one that {@linkplain Span#replaces(Span) replaces} the
     * others. Takes time linear in their number, beside sorting, and a constant depth of the call stack.
     */
    public static TraceTree of(Collection<Span> spans) {
        return new TreeBuilder(spans).build();
    }

    /** What stands at the top: trace by trace, in sequence. Unmodifiable. */
    public List<TraceNode> roots() {
        return roots;
    }

    /** All nodes from top to bottom, each before its children: as a tree is printed. Unmodifiable. */
    public List<TraceNode> nodes() {
        return nodes;
    }
}
