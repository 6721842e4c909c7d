package io.deploytrace.store.postgres;

import io.deploytrace.store.Deadline;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.copy.CopyIn;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgArray;
import org.postgresql.jdbc.PreferQueryMode;

/** A borrowed connection within one call. */
final class Session {

    private final Connection connection;
    private final SqlFailures failures;
    private final Deadline deadline;
    private final DirectConnections directConnections;

    Session(Connection connection, SqlFailures failures, Deadline deadline, DirectConnections directConnections) {
        this.connection = connection;
        this.directConnections = directConnections;
        this.failures = failures;
        this.deadline = deadline;
    }

    /** A statement to execute now. */
    PreparedStatement prepare(String sql) throws SQLException {
        limitToDeadline();
        return connection.prepareStatement(sql);
    }

    /**
     * A statement to execute now, which the server keeps prepared where the connection is direct. For statements whose text
     * is always the same and whose plan doesn't depend on their parameters.
     */
    PreparedStatement prepareToKeep(String sql) throws SQLException {
        limitToDeadline();
        var direct = directConnections.isDirect(connection);
        var statement = connection.prepareStatement(sql);
        if (direct) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(1);
        }
        return statement;
    }

    /** An array parameter; {@code type} is the type of its elements. */
    Array array(String type, @Nullable Object[] elements) throws SQLException {
        return connection.createArrayOf(type, elements);
    }

    /** Binds the column's values as an array. */
    void bind(PreparedStatement statement, int index, ArrayColumn column) throws SQLException {
        var driver = connection.unwrap(BaseConnection.class);
        var takesBinary = driver.getPreferQueryMode() != PreferQueryMode.SIMPLE;
        statement.setArray(
                index,
                takesBinary
                        ? new PgArray(driver, column.arrayOid(), column.toArray())
                        : array("text", column.toTexts()));
    }

    /** What fills a COPY. */
    @FunctionalInterface
    interface Filling {
        void writeTo(CopyRows rows) throws SQLException;
    }

    /** Copies rows into a table, in the connection's transaction. */
    void copy(String sql, Filling filling) throws SQLException {
        limitToDeadline();
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            filling.writeTo(new CopyRows(copy));
            copy.endCopy();
        } catch (SQLException | RuntimeException | Error failure) {
            cancel(copy, failure);
            throw failure;
        }
    }

    private static void cancel(CopyIn copy, Throwable failure) {
        try {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
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
