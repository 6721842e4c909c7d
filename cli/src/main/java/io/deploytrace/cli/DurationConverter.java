package io.deploytrace.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as people write them: {@code 90d}, {@code 24h}, {@code 1h30m}, or ISO 8601's {@code PT24H}. */
final class DurationConverter implements ITypeConverter<Duration> {

    private static final Pattern PART = Pattern.compile("([0-9]{1,9})([wdhms])");
    private static final Pattern WHOLE = Pattern.compile("(?:" + PART + ")+");

    @Override
    public Duration convert(String text) {
        var duration = WHOLE.matcher(text).matches() ? sum(text) : iso(text);
        if (duration.isNegative() || duration.isZero()) {
            throw new TypeConversionException("'" + text + "' is not a duration of more than nothing");
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
            default -> Duration.ofSeconds(count);
        };
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("'" + text + "' is not a duration: write a number and a unit"
                    + " (w, d, h, m, s), such as 90d, 24h or 1h30m, or ISO 8601 such as PT24H");
        }
    }
}
