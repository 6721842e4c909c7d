package io.deploytrace.query;

import java.time.Duration;
import java.util.Objects;

/**
 * Consecutive traces of a release target that give the same answer: the same outcome of the same release with the same fingerprint and, once a
 * job began, linked traces that failed or are running with the same fingerprints, down to the {@value #LEVELS}th level.
 *
 * @param newest the newest of them; not null
 * @param oldest the oldest of them, which may be the same one; not null
 * @param count how many there are, at least 1
 */
public record TraceRun(TraceBrief newest, TraceBrief oldest, long count) {

    /** So many levels of linked traces count: those that name a trace as their parent are the first. */
    public static final int LEVELS = 4;

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

    /** Whether an older trace belongs to it, as far as the traces themselves tell. */
    public boolean goesOnWith(TraceBrief older) {
        return newest.isSame(older);
    }

    /** The run with an older one that goes on with it. */
    public TraceRun and(TraceRun older) {
        return new TraceRun(newest, older.oldest(), count + older.count());
    }

    /** From the start of the oldest to the start of the newest; never negative. */
    Duration length() {
        var length = Duration.between(oldest.startTime(), newest.startTime());
        return length.isNegative() ? Duration.ZERO : length;
    }
}
