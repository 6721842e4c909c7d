package io.deploytrace.store;

import java.time.Duration;
import java.util.Objects;

/**
 * The time by which a call of a store must have answered, on the monotonic clock of this process. Immutable;
 * pass one deadline through several calls to bound them together.
 */
public final class Deadline {

    private final long nanoTime;

    private Deadline(long nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * A deadline that lies the duration ahead; one of zero or less has already passed. Durations of more than
     * 100 years are taken as 100 years.
     */
    public static Deadline after(Duration duration) {
        Objects.requireNonNull(duration, "duration");
        var longest = Duration.ofDays(36_500);
        return new Deadline(System.nanoTime() + (duration.compareTo(longest) > 0 ? longest : duration).toNanos());
    }

    /** What is left; zero once it has passed, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** Whether nothing is left. */
    public boolean hasPassed() {
        return nanoTime - System.nanoTime() <= 0;
    }
}
