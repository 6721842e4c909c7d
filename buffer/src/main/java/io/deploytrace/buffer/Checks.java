package io.deploytrace.buffer;

import java.time.Duration;

/** Checks settings. */
final class Checks {

    private Checks() {}

    static Duration positive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(name + " must be more than zero, but is " + duration);
        }
        return duration;
    }

    static Duration atMost(String name, Duration most, Duration duration) {
        if (duration.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be at most " + most + ", but is " + duration);
        }
        return duration;
    }

    static Duration notNegative(String name, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + duration);
        }
        return duration;
    }

    static long between(String name, long least, long most, long value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", but is " + value);
        }
        return value;
    }
}
