package io.deploytrace.buffer.torture;

/**
 * Something that must not be.
 *
 * @param kind what kind of
 * @param text what, where and what was expected
 */
record Finding(Kind kind, String text) {

    /** The promises that can be broken. */
    enum Kind {
        /** Spans that were acknowledged aren't there, or only as an older copy. */
        LOST,
        /** A call's spans are there in part. */
        HALF_WRITTEN,
        /** A span is there more than once. */
        DUPLICATED,
        /** Something is there that nobody wrote. */
        NEVER_WRITTEN,
        /** A summary isn't what its spans say. */
        READ_MODEL,
        /** A span that is in order was refused, or given up, for good. */
        REFUSED,
        /** Something was acknowledged, couldn't be stored, and nobody was told. */
        UNREPORTED,
        /** A call waited for longer than its deadline and a bit. */
        LATE,
        /** A writing process found something wrong, such as counters that don't add up. */
        WRONG
    }

    @Override
    public String toString() {
        return kind + ": " + text;
    }
}
