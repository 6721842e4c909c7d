package io.deploytrace.store.postgres;

import io.deploytrace.store.Deadline;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A borrowed connection within one call. */
final class Session {

    private final Connection connection;
    private final SqlFailures failures;
    private final Deadline deadline;

    Session(Connection connection, SqlFailures failures, Deadline deadline) {
        this.connection = connection;
        this.failures = failures;
        this.deadline = deadline;
    }

    /** A statement to execute now. */
    PreparedStatement prepare(String sql) throws SQLException {
        limitToDeadline();
        return connection.prepareStatement(sql);
    }

    /** An array parameter; {@code type} is the type of its elements. */
    Array array(String type, @Nullable Object[] elements) throws SQLException {
        return connection.createArrayOf(type, elements);
    }

    Connection connection() {
        return connection;
    }

    /** Lets the socket give up soon after the deadline, if the server can't be reached to cancel. */
    void limitToDeadline() throws SQLException {
        failures.throwIfPassed();
        connection.setNetworkTimeout(
                Runnable::run, milliseconds(deadline.remaining().plus(Watch.GRACE)));
    }

    private static int milliseconds(Duration duration) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, duration.toMillis()));
    }
}
