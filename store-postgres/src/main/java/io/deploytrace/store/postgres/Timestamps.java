package io.deploytrace.store.postgres;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Writes times as PostgreSQL reads them, whatever the session's time zone and date style, exact to the microsecond. */
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

    private Timestamps() {}

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
