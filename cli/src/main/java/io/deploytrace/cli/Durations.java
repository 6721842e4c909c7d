package io.deploytrace.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Durations and times as people say them. Times of day are in UTC. */
final class Durations {

    private static final DateTimeFormatter CLOCK = formatter("HH:mm");
    private static final DateTimeFormatter DAY_AND_CLOCK = formatter("EEE HH:mm");
    private static final DateTimeFormatter DATE_AND_CLOCK = formatter("uuuu-MM-dd HH:mm");
    private static final DateTimeFormatter EXACT = formatter("EEE uuuu-MM-dd HH:mm:ss 'UTC'");

    private Durations() {}

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** In at most two units, such as {@code 12 ms}, {@code 1.9 s}, {@code 4 m 12 s}, {@code 2 h 10 m}. */
    static String words(Duration duration) {
        if (duration.isNegative()) {
            return "-" + words(duration.negated());
        }
        if (duration.compareTo(Duration.ofSeconds(10)) < 0) {
            return underTenSeconds(duration);
        }
        var seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return two(seconds / 60, "m", seconds % 60, "s");
        }
        return seconds < 86_400
                ? two(seconds / 3_600, "h", seconds / 60 % 60, "m")
                : two(seconds / 86_400, "d", seconds / 3_600 % 24, "h");
    }

    private static String underTenSeconds(Duration duration) {
        var milliseconds = duration.toMillis();
        if (milliseconds == 0) {
            return duration.isZero() ? "0 ms" : "<1 ms";
        }
        return milliseconds < 1_000
                ? milliseconds + " ms"
                : milliseconds / 1_000 + "." + milliseconds % 1_000 / 100 + " s";
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    /** In one unit, such as {@code 42 s}, {@code 11 m}, {@code 2 h} or {@code 3 d}; times ahead count as now. */
    static String age(Instant time, Instant now) {
        var seconds = Math.max(0, ChronoUnit.SECONDS.between(time, now));
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " m";
        }
        return seconds < 2 * 86_400 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
    }

    /** As short as it is clear from now: {@code 10:10}, {@code Tue 10:10}, {@code 2026-11-03 10:10}. */
    static String clock(Instant time, Instant now) {
        var days = Math.abs(ChronoUnit.DAYS.between(startOfDay(time), startOfDay(now)));
        if (days == 0) {
            return CLOCK.format(time);
        }
        return (days < 7 ? DAY_AND_CLOCK : DATE_AND_CLOCK).format(time);
    }

    /** To the second, with date and zone: {@code Tue 2026-11-03 10:10:07 UTC}. */
    static String exact(Instant time) {
        return EXACT.format(time);
    }

    private static Instant startOfDay(Instant time) {
        return time.truncatedTo(ChronoUnit.DAYS);
    }
}
