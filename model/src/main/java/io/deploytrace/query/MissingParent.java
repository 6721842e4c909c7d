package io.deploytrace.query;

import io.deploytrace.span.Span;
import java.util.List;

/**
 * A span that others name as their parent, and that isn't there.
 *
 * @param spanId its id; not null
 * @param children those that name it, in sequence, the first {@value #MAXIMUM_CHILDREN}; not null, unmodifiable
 * @param childCount how many name it
 */
public record MissingParent(String spanId, List<Span> children, int childCount) {

    /** The most children that are told. */
    public static final int MAXIMUM_CHILDREN = 10;

    /** Copies the children. */
    public MissingParent {
        children = List.copyOf(children);
    }
}
