package io.deploytrace.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A range of time, compared with the time a trace was first written ({@code created_at}).
 *
 * @param since the first time within it; null for no lower bound
 * @param until the first time after it; null for no upper bound
 */
public record TimeRange(@Nullable Instant since, @Nullable Instant until) {

    /** All of time. */
    public static final TimeRange ALL = new TimeRange(null, null);

    /** From the given time on. */
    public static TimeRange since(Instant since) {
        return new TimeRange(since, null);
    }

    /** Whether the time lies within. */
    public boolean contains(Instant time) {
        return (since == null || !time.isBefore(since)) && (until == null || time.isBefore(until));
    }
}
