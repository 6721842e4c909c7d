package io.deploytrace.buffer;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after so many failures: twice as long after each, up to the maximum, of which the second half is left to chance so
 * that many writers don't come back at the same moment.
 */
record Backoff(Duration base, Duration maximum, RandomGenerator random) {

    private static final int LARGEST_SHIFT = 30;

    long nanosAfter(int failures) {
        var shift = Math.min(LARGEST_SHIFT, failures - 1);
        var whole = base.toNanos() > maximum.toNanos() >> shift ? maximum.toNanos() : base.toNanos() << shift;
        return whole / 2 + random.nextLong(whole / 2 + 1);
    }
}
