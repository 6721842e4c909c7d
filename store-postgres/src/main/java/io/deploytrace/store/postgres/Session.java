package io.deploytrace.store.postgres;

import io.deploytrace.store.Deadline;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.postgresql.jdbc.PgStatement;

/** A borrowed connection within one call. */
final class Session {

    /** The server is asked to cancel at the deadline; if it can't be reached any more, the socket gives up this much later. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final Connection connection;
    private final SqlFailures failures;
    private final Deadline deadline;

    Session(Connection connection, SqlFailures failures, Deadline deadline) {
        this.connection = connection;
        this.failures = failures;
        this.deadline = deadline;
    }

    /** A statement to execute now, which is cancelled at the deadline and leaves nothing prepared on the server. */
    PreparedStatement prepare(String sql) throws SQLException {
        limitToDeadline();
        var statement = connection.prepareStatement(sql);
        try {
            limit(statement);
        } catch (SQLException | RuntimeException failure) {
            statement.close();
            throw failure;
        }
        return statement;
    }

    /** An array parameter; {@code type} is the type of its elements. */
    Array array(String type, @Nullable Object[] elements) throws SQLException {
        return connection.createArrayOf(type, elements);
    }

    Connection connection() {
        return connection;
    }

    /** Bounds what the connection does next without a statement, a commit, by the deadline. */
    void limitToDeadline() throws SQLException {
        failures.throwIfPassed();
        connection.setNetworkTimeout(
                Runnable::run, milliseconds(deadline.remaining().plus(GRACE)));
    }

    private void limit(Statement statement) throws SQLException {
        if (statement.isWrapperFor(PGStatement.class)) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        }
        if (statement.isWrapperFor(PgStatement.class)) {
            statement.unwrap(PgStatement.class).setQueryTimeoutMs(milliseconds(deadline.remaining()));
        } else {
            statement.setQueryTimeout(1 + milliseconds(deadline.remaining()) / 1_000);
        }
    }

    private static int milliseconds(Duration duration) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, duration.toMillis()));
    }
}
