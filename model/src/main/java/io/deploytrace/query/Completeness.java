package io.deploytrace.query;

import io.deploytrace.span.Span;
import java.util.Collection;
import java.util.Locale;

/** How much of a trace there is to answer from. */
public enum Completeness {
    /** One root, every parent present, every span ended. */
    COMPLETE,
    /** Nothing is missing, but spans are still open: it is running, or its recorder died. */
    OPEN,
    /**
     * Spans are missing: there isn't exactly one root, a span doesn't lead up to it (a parent is missing, or parents form a
     * circle), or the sequence, where it begins with 0 at the root and every span has one, has a gap. The sequence of an external trace has
     * gaps of its own: it tells times.
     */
    PARTIAL;

    /** How much there is of the trace whose spans these are; linear in their number. */
    public static Completeness of(Collection<Span> spans) {
        if (!Missing.nothingOf(spans)) {
            return PARTIAL;
        }
        return spans.stream().anyMatch(Span::isOpen) ? OPEN : COMPLETE;
    }

    /** The word for people and JSON: the name in lower case. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
