package io.deploytrace.query;

import java.time.Instant;
import java.util.Objects;

/**
 * For how long the answer for a release target has been the same: its newest traces of one release with one fingerprint.
 *
 * @param since the start of the oldest of them; not null
 * @param count how many there are, at least 1
 * @param more whether there may be still older ones that were not counted
 */
public record Streak(Instant since, long count, boolean more) {

    /** A streak that begins, seen from now backwards, with the newest trace. */
    public static Streak of(TraceSummary newest) {
        return new Streak(newest.startTime(), 1, false);
    }

    /** Whether an older trace gives the same answer as a newer one: same release, same fingerprint. */
    public static boolean isSame(TraceSummary newer, TraceSummary older) {
        return newer.fingerprint().equals(older.fingerprint()) && Objects.equals(newer.releaseId(), older.releaseId());
    }

    /** The streak with one more, older trace. */
    public Streak and(TraceSummary older) {
        return new Streak(older.startTime().isBefore(since) ? older.startTime() : since, count + 1, more);
    }

    /** The streak of which it isn't known whether it goes on further back. */
    public Streak andMore() {
        return new Streak(since, count, true);
    }
}
