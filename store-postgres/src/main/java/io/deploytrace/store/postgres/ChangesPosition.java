package io.deploytrace.store.postgres;

import io.deploytrace.store.PageCursor;
import io.deploytrace.store.SpanStoreException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Up to where someone knows the changes. Between two snapshots, those of a round that didn't fit into one answer, it also says
 * which of them was told last.
 *
 * @param origin of which database and which of its lives the transactions are counted
 * @param time when {@code since} was taken
 * @param since what is visible in it is known
 * @param until what isn't visible in it is told in a later round; null if no round has begun
 * @param toldTransaction the transaction of the last change that was told of the round
 * @param toldTrace the trace of that change
 */
record ChangesPosition(
        String origin,
        Instant time,
        TransactionSnapshot since,
        @Nullable TransactionSnapshot until,
        long toldTransaction,
        String toldTrace) {

    private static final String LIST = "changes";

    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Duration CLOCK_SET_BACK = Duration.ofMinutes(1);

    /** The position after all that is visible in the snapshot. */
    static ChangesPosition after(String origin, Instant time, TransactionSnapshot snapshot) {
        return new ChangesPosition(origin, time, snapshot, null, snapshot.oldestRunning() - 1, "");
    }

    /** The position of a text; null if it is none. */
    static @Nullable ChangesPosition parse(String text) {
        try {
            var cursor = PageCursor.parse(LIST, 6, text);
            var parts = cursor.position();
            var since = TransactionSnapshot.parse(parts.get(2));
            var until = parts.get(3).isEmpty() ? null : TransactionSnapshot.parse(parts.get(3));
            if (since == null || (until == null && !parts.get(3).isEmpty())) {
                return null;
            }
            return new ChangesPosition(
                    parts.get(0), cursor.time(1), since, until, Long.parseLong(parts.get(4)), parts.get(5));
        } catch (SpanStoreException | NumberFormatException notAPosition) {
            return null;
        }
    }

    /**
     * Whether what changed since then can be told now. One from the future was made up, or a clock was set back, or the files of the database
     * were put back in place of newer ones.
     */
    boolean isKnown(ChangesPosition now) {
        return origin.equals(now.origin)
                && !time.isAfter(now.time.plus(CLOCK_SET_BACK))
                && time.isAfter(now.time.minus(LONGEST))
                && !since.isAfter(now.since)
                && (until == null || !until.isAfter(now.since));
    }

    /** The position within the round that ends with the snapshot, after the change. */
    ChangesPosition told(TransactionSnapshot until, ChangesQuery.Change change) {
        return new ChangesPosition(
                origin,
                time,
                since,
                until,
                change.transaction(),
                change.trace().summary().traceId());
    }

    /** The position before the first change of the round that ends with the snapshot. */
    ChangesPosition begun(TransactionSnapshot until) {
        return new ChangesPosition(origin, time, since, until, toldTransaction, toldTrace);
    }

    String text() {
        return PageCursor.of(
                        LIST,
                        origin,
                        time.toString(),
                        since.text(),
                        until == null ? "" : until.text(),
                        Long.toString(toldTransaction),
                        toldTrace)
                .text();
    }
}
