package io.deploytrace.store.postgres;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which transactions were over at a moment, as PostgreSQL's {@code pg_snapshot} writes it: all before the first number, none
 * from the second on, and of those between all but the ones listed.
 *
 * @param text it, in a form that the database takes
 * @param oldestRunning the first number: the oldest transaction that may not have been over
 */
record TransactionSnapshot(String text, long oldestRunning) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** The snapshot of a text, which anyone may have made up; null if the database wouldn't take it for one. */
    static @Nullable TransactionSnapshot parse(String text) {
        var parts = text.split(":", -1);
        if (parts.length != 3) {
            return null;
        }
        var oldestRunning = number(parts[0]);
        var next = number(parts[1]);
        var isSnapshot = oldestRunning >= 1 && next >= oldestRunning && areRunning(parts[2], oldestRunning, next);
        return isSnapshot ? new TransactionSnapshot(text, oldestRunning) : null;
    }

    /** Whether it was surely taken after the other. */
    boolean isAfter(TransactionSnapshot other) {
        return oldestRunning > other.oldestRunning;
    }

    private static boolean areRunning(String list, long oldestRunning, long next) {
        var last = oldestRunning - 1;
        for (var running : list.isEmpty() ? new String[0] : list.split(",", -1)) {
            var number = number(running);
            if (number <= last || number >= next) {
                return false;
            }
            last = number;
        }
        return true;
    }

    private static long number(String text) {
        return NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
    }
}
