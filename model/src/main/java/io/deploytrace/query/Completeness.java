package io.deploytrace.query;

import java.util.Locale;

/** How much of a trace there is to answer from. */
public enum Completeness {
    /** One root, every parent present, every span ended. */
    COMPLETE,
    /** Every parent is present, but spans are still open: running, or its recorder died. */
    OPEN,
    /** Spans are missing: there is no root, a parent isn't there, or the sequence has a gap. */
    PARTIAL;

    /** The word for people and JSON: the name in lower case. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
