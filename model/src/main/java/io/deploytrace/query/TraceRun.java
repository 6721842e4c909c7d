package io.deploytrace.query;

import java.time.Duration;
import java.util.Objects;

/**
 * Consecutive traces of a release target that give the same answer: the same outcome of the same release with the same fingerprint.
 *
 * @param newest the newest of them; not null
 * @param oldest the oldest of them, which may be the same one; not null
 * @param count how many there are, at least 1
 */
public record TraceRun(TraceBrief newest, TraceBrief oldest, long count) {

    /**
     * Checks the count.
     *
     * @throws IllegalArgumentException if {@code count} is less than 1
     */
    public TraceRun {
        Objects.requireNonNull(newest, "newest");
        Objects.requireNonNull(oldest, "oldest");
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1, but is " + count);
        }
    }

    /** A run of one trace. */
    public static TraceRun of(TraceBrief trace) {
        return new TraceRun(trace, trace, 1);
    }

    /** Whether an older trace belongs to it. */
    public boolean goesOnWith(TraceBrief older) {
        return newest.isSame(older);
    }

    /** The run with one more, older trace. */
    public TraceRun and(TraceBrief older) {
        return new TraceRun(newest, older, count + 1);
    }

    /** From the start of the oldest to the start of the newest; never negative. */
    Duration length() {
        var length = Duration.between(oldest.startTime(), newest.startTime());
        return length.isNegative() ? Duration.ZERO : length;
    }
}
