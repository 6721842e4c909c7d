package io.deploytrace.span;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A time as people give it: so long ago, or exactly. One of the two is null.
 *
 * @param ago how long ago; null when the time is given exactly
 * @param time the time itself; null when it is given as so long ago
 */
public record Moment(@Nullable Duration ago, @Nullable Instant time) {

    /**
     * Reads {@code 24h} or {@code 7d} as a time ago, {@code 2026-11-22T09:00:00Z} as a time.
     *
     * @throws IllegalArgumentException if it is neither; the message says how to write one
     */
    public static Moment parse(String text) {
        try {
            return new Moment(null, Rfc3339.parse(text));
        } catch (DateTimeParseException e) {
            return new Moment(duration(text), null);
        }
    }

    private static Duration duration(String text) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither a duration such as 24h or 7d, which counts"
                            + " back from now, nor a time such as 2026-11-22T09:00:00Z",
                    e);
        }
    }

    /** The time, seen from now; now where neither is given. */
    public Instant at(Instant now) {
        return ago == null ? time == null ? now : time : now.minus(ago);
    }
}
