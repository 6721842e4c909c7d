package io.deploytrace.span;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Times as RFC 3339 with nanoseconds in UTC, as events carry them: {@code 2024-01-15T10:30:00.123456789Z}.
 * Always nine digits, so that texts of the same century order as the times do.
 */
public final class Rfc3339 {

    private static final DateTimeFormatter NANOSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Rfc3339() {}

    /** The time as text. */
    public static String format(Instant instant) {
        return NANOSECONDS.format(instant);
    }

    /**
     * The time of a text, in any offset and with any number of fractional digits.
     *
     * @throws java.time.format.DateTimeParseException if it is none
     */
    public static Instant parse(String text) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
    }
}
