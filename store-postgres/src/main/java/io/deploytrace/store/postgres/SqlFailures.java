package io.deploytrace.store.postgres;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Objects;
import java.util.Set;

/** Says in a store's words why a call failed, what was not done and what to do about it. */
final class SqlFailures {

    /** A connection that broke while in use; one that can't be made has other codes. */
    private static final Set<String> LOST = Set.of("08006", "08007");

    private final String undone;
    private final Deadline deadline;

    /**
     * @param undone the sentence that says what the call did not do
     * @param deadline the deadline of the call
     */
    SqlFailures(String undone, Deadline deadline) {
        this.undone = undone;
        this.deadline = deadline;
    }

    void throwIfPassed() {
        if (deadline.hasPassed()) {
            throw new SpanStoreException(
                    Reason.DEADLINE_PASSED, "The deadline passed before the database was asked. " + undone);
        }
    }

    SpanStoreException translate(SQLException failure) {
        if (deadline.hasPassed()) {
            return unknown(Reason.DEADLINE_PASSED, "The deadline passed", failure);
        }
        if (LOST.contains(Objects.toString(failure.getSQLState()))) {
            return unknown(Reason.UNAVAILABLE, "The connection broke", failure);
        }
        var reason = reason(failure);
        return new SpanStoreException(
                reason, sentence(reason) + " " + undone + " The database said: " + failure.getMessage(), failure);
    }

    private static SpanStoreException unknown(Reason reason, String what, SQLException failure) {
        return new SpanStoreException(
                reason,
                what + " before the database answered, so that the call may or may not have taken effect. Make it"
                        + " again; repeating it is safe.",
                failure);
    }

    static Reason reason(SQLException failure) {
        var state = failure.getSQLState();
        if (state == null || state.length() != 5) {
            return failure instanceof SQLTransientException ? Reason.UNAVAILABLE : Reason.OTHER;
        }
        return switch (state) {
            case "42P01", "42703", "42501", "3D000", "3F000" -> Reason.NOT_READY;
            case "40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "57P05", "25006" -> Reason.UNAVAILABLE;
            case "23502", "23514", "54000" -> Reason.INVALID_SPAN;
            default -> reasonOfClass(state.substring(0, 2));
        };
    }

    private static Reason reasonOfClass(String stateClass) {
        return switch (stateClass) {
            case "08", "53", "58" -> Reason.UNAVAILABLE;
            case "28" -> Reason.NOT_READY;
            case "22" -> Reason.INVALID_SPAN;
            default -> Reason.OTHER;
        };
    }

    private static String sentence(Reason reason) {
        return switch (reason) {
            case NOT_READY ->
                "The database isn't set up for Deploytrace, or its role may not use the tables: run"
                        + " \"deploytrace migrate\", or check the role and its grants.";
            case UNAVAILABLE -> "The database can't be reached, is overloaded or restarting: try again later.";
            case INVALID_SPAN -> "The database can't hold one of the values.";
            default -> "The database failed.";
        };
    }
}
