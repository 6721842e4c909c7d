package io.deploytrace.span;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 90d}, {@code 24h}, {@code 1h30m}, {@code 500ms}, or ISO 8601's {@code PT24H}. */
public final class DurationText {

    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|[wdhms])");
    private static final Pattern WHOLE = Pattern.compile("(?:" + PART + ")+");

    private DurationText() {}

    /**
     * The duration of a text, more than zero.
     *
     * @throws IllegalArgumentException if it is none; the message says how to write one
     */
    public static Duration parse(String text) {
        var duration = WHOLE.matcher(text).matches() ? sum(text) : iso(text);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration of more than nothing");
        }
        return duration;
    }

    private static Duration sum(String text) {
        return PART.matcher(text)
                .results()
                .map(part -> duration(Long.parseLong(part.group(1)), part.group(2)))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration duration(long count, String unit) {
        return switch (unit) {
            case "w" -> Duration.ofDays(7 * count);
            case "d" -> Duration.ofDays(count);
            case "h" -> Duration.ofHours(count);
            case "m" -> Duration.ofMinutes(count);
            case "ms" -> Duration.ofMillis(count);
            default -> Duration.ofSeconds(count);
        };
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration: write a number and a unit"
                            + " (w, d, h, m, s, ms), such as 90d, 24h or 1h30m, or ISO 8601 such as PT24H",
                    e);
        }
    }
}
