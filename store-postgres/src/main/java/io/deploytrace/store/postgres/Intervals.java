package io.deploytrace.store.postgres;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** Durations as numbers of microseconds, the resolution of PostgreSQL's {@code interval}. */
final class Intervals {

    private Intervals() {}

    /** At least one microsecond. */
    static long microseconds(Duration duration) {
        return Math.max(1, TimeUnit.MICROSECONDS.convert(duration));
    }

    static Duration duration(long microseconds) {
        return Duration.of(microseconds, ChronoUnit.MICROS);
    }
}
