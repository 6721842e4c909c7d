package io.deploytrace.cli;

import io.deploytrace.span.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A time as people give it: so long ago, or exactly. One of the two is null.
 *
 * @param ago how long ago
 * @param time the time itself
 */
record Moment(@Nullable Duration ago, @Nullable Instant time) {

    /** The time, seen from now. */
    Instant at(Instant now) {
        return ago == null ? time == null ? now : time : now.minus(ago);
    }

    /** Reads {@code 24h} or {@code 7d} as a time ago, {@code 2026-11-22T09:00:00Z} as a time. */
    static final class Converter implements ITypeConverter<Moment> {

        @Override
        public Moment convert(String text) {
            try {
                return new Moment(null, Rfc3339.parse(text));
            } catch (DateTimeParseException e) {
                return new Moment(duration(text), null);
            }
        }

        private static Duration duration(String text) {
            try {
                return new DurationConverter().convert(text);
            } catch (TypeConversionException e) {
                throw new TypeConversionException("'" + text + "' is neither a duration such as 24h or 7d, which counts"
                        + " back from now, nor a time such as 2026-11-22T09:00:00Z");
            }
        }
    }
}
