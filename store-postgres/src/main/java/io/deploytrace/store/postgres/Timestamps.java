package io.deploytrace.store.postgres;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Writes times as PostgreSQL reads them, as text or in binary, whatever the session's time zone and date style, exact to the microsecond. */
final class Timestamps {

    private static final Instant YEAR_1 = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");
    private static final Instant BEFORE_ALL = Instant.parse("-4712-01-01T00:00:00Z");
    private static final Instant AFTER_ALL = Instant.parse("+294276-12-31T00:00:00Z");

    /** Years before Christ and of more than four digits: ISO 8601 has signs for these, PostgreSQL hasn't. */
    private static final DateTimeFormatter WITH_ERA = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR_OF_ERA, 4, 9, SignStyle.NOT_NEGATIVE)
            .appendPattern("-MM-dd'T'HH:mm:ss.SSSSSS'Z' G")
            .toFormatter(Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Midnight of 2000-01-01, from which PostgreSQL counts. */
    private static final long EPOCH_SECONDS = 946_684_800;

    private static final long MICROSECONDS = 1_000_000;

    private Timestamps() {}

    /** The time in PostgreSQL's binary format. */
    static long microseconds(Instant time) {
        if (time.isAfter(AFTER_ALL)) {
            return Long.MAX_VALUE;
        }
        if (time.isBefore(BEFORE_ALL)) {
            return Long.MIN_VALUE;
        }
        return (time.getEpochSecond() - EPOCH_SECONDS) * MICROSECONDS + time.getNano() / 1_000;
    }

    /** The text of a time in PostgreSQL's binary format. */
    static String text(long microseconds) {
        if (microseconds == Long.MAX_VALUE || microseconds == Long.MIN_VALUE) {
            return microseconds < 0 ? "-infinity" : "infinity";
        }
        return text(Instant.ofEpochSecond(
                EPOCH_SECONDS + Math.floorDiv(microseconds, MICROSECONDS),
                Math.floorMod(microseconds, MICROSECONDS) * 1_000));
    }

    static String text(Instant time) {
        if (!time.isBefore(YEAR_1) && time.isBefore(YEAR_10000)) {
            return time.toString();
        }
        if (time.isAfter(AFTER_ALL)) {
            return "infinity";
        }
        return time.isBefore(BEFORE_ALL) ? "-infinity" : WITH_ERA.format(time);
    }
}
