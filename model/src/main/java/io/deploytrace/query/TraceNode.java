package io.deploytrace.query;

import io.deploytrace.span.Span;
import java.util.List;

/** A span's place in a {@link TraceTree}. Immutable; equal only to itself. */
public final class TraceNode {

    /** Why a node stands where it does. */
    public enum Placement {
        /** A root: it names no parent. */
        ROOT,
        /** Under the parent it names. */
        CHILD,
        /** The root of a trace that belongs under another: under that one's job, or its root. */
        LINKED,
        /** The parent it names isn't there. */
        ORPHAN,
        /** Its parents lead back to itself; the circle was cut here. */
        CIRCLE
    }

    private final Span span;
    private final Placement placement;
    private final int level;
    private final int depth;
    private final List<TraceNode> children;

    TraceNode(Span span, Placement placement, int level, int depth, List<TraceNode> children) {
        this.span = span;
        this.placement = placement;
        this.level = level;
        this.depth = depth;
        this.children = List.copyOf(children);
    }

    /** The span. */
    public Span span() {
        return span;
    }

    /** Why it stands here. */
    public Placement placement() {
        return placement;
    }

    /** How many nodes stand above it in this tree; 0 at the top. */
    public int level() {
        return level;
    }

    /** The depth that the span carries; where it carries none, one more than that of the node above, 0 at the top. */
    public int depth() {
        return depth;
    }

    /** What stands directly below, in order; unmodifiable. */
    public List<TraceNode> children() {
        return children;
    }

    @Override
    public String toString() {
        return span.name() + " " + span.key() + " " + placement + ", level " + level + ", children " + children.size();
    }
}
