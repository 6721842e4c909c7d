package io.deploytrace.query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a trace that isn't there.
 *
 * @param traceId the trace that was asked for, 32 hex digits; not null
 * @param began when it began, as its id says if it is one that a recorder made: null when no such time can be read from it
 * @param retention for how long the workspace keeps traces; null when for ever, or it isn't known
 */
public record TraceAbsence(
        String traceId, @Nullable Instant began, @Nullable Duration retention) {

    /** No recorder was there earlier: ids that say so were made otherwise. */
    private static final Instant EARLIEST = Instant.parse("2024-01-01T00:00:00Z");

    private static final Duration CLOCKS_APART = Duration.ofDays(1);
    private static final int TIME_DIGITS = 12;
    private static final int HEX = 16;

    /**
     * Reads from a trace id when its trace began. Ids that Deploytrace makes begin with the milliseconds since 1970 in 12 hex digits;
     * of ids made at random about one in a thousand looks as if it were such a one.
     *
     * @param now a trace can't have begun later
     */
    public static TraceAbsence of(String traceId, @Nullable Duration retention, Instant now) {
        var began = Instant.ofEpochMilli(Long.parseLong(traceId.substring(0, TIME_DIGITS), HEX));
        var isTime = !began.isBefore(EARLIEST) && began.isBefore(now.plus(CLOCKS_APART));
        return new TraceAbsence(traceId, isTime ? began : null, retention);
    }

    /** Whether retention explains why it isn't there: as its id says, it began longer ago than traces are kept. */
    public boolean isExpired(Instant now) {
        return began != null && retention != null && began.plus(retention).isBefore(now);
    }

    /**
     * The answer in a few lines.
     *
     * @param now the time from which durations are told
     */
    public List<String> lines(Instant now) {
        return new AbsenceSentences(now).of(this);
    }
}
