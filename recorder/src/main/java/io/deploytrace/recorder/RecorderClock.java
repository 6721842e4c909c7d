package io.deploytrace.recorder;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock of one trace in nanoseconds since 1970. It never goes back, even if the source does, so that no span
 * starts before its parent or ends before it started. The years 1970 to 2262 are what OpenTelemetry can express;
 * a time outside is taken as the nearest within. Not safe for use by several threads.
 */
final class RecorderClock {

    private static final long NANOSECONDS_PER_SECOND = 1_000_000_000L;
    private static final long LAST_SECOND = Long.MAX_VALUE / NANOSECONDS_PER_SECOND - 1;

    private final InstantSource source;

    /** OpenTelemetry takes 0 as "no time given". */
    private long last = 1;

    RecorderClock(InstantSource source) {
        this.source = source;
    }

    long now() {
        last = Math.max(last, nanoseconds(source.instant()));
        return last;
    }

    private static long nanoseconds(Instant instant) {
        var second = Math.min(instant.getEpochSecond(), LAST_SECOND);
        return second < 0 ? 0 : second * NANOSECONDS_PER_SECOND + instant.getNano();
    }
}
