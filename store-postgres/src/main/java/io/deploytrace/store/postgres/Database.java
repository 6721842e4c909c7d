package io.deploytrace.store.postgres;

import io.deploytrace.store.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Borrows a connection for each call, holds the call to its deadline and says in a store's words what went wrong.
 * Leaves the connection as it was found, without any state of a session, so that it may lead through a pooler that
 * hands out a server connection for each transaction. Statements that the server keeps prepared are the one exception, on
 * {@linkplain DirectConnections direct connections} alone.
 */
final class Database {

    /** What a call does with its connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(Session session) throws SQLException;
    }

    /**
     * Otherwise the driver begins to name statements on the server after a while, commits and roll-backs too. What may be kept says so
     * by {@link Session#prepareToKeep}.
     */
    private static final int NEVER_PREPARE = 0;

    private final DataSource dataSource;
    private final ScheduledExecutorService alarms = Watch.alarms();
    private final DirectConnections directConnections = new DirectConnections();

    Database(DataSource dataSource) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
    }

    /**
     * Runs work whose statements each commit by themselves.
     *
     * @param undone the sentence that ends the message of a failure, such as {@code Nothing was read.}
     */
    <T> T call(String undone, Deadline deadline, Work<T> work) {
        return run(undone, deadline, session -> {
            session.connection().setAutoCommit(true);
            return work.run(session);
        });
    }

    /** Runs work as one transaction; it is undone when the work throws. */
    <T> T transaction(String undone, Deadline deadline, Work<T> work) {
        return run(undone, deadline, session -> transaction(session, work));
    }

    private static <T> T transaction(Session session, Work<T> work) throws SQLException {
        var connection = session.connection();
        connection.setAutoCommit(false);
        try {
            var result = work.run(session);
            session.limitToDeadline();
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error failure) {
            rollback(connection, failure);
            throw failure;
        }
    }

    private static void rollback(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException second) {
            failure.addSuppressed(second);
        }
    }

    private <T> T run(String undone, Deadline deadline, Work<T> work) {
        Objects.requireNonNull(deadline, "deadline");
        var failures = new SqlFailures(undone, deadline);
        failures.throwIfPassed();
        try (var connection = connect()) {
            var watch = new Watch(alarms, connection, deadline);
            try {
                return restoring(connection, new Session(connection, failures, deadline, directConnections), work);
            } finally {
                watch.end();
            }
        } catch (SQLException failure) {
            throw failures.translate(failure);
        }
    }

    /** A pool that has no connection to give, or was closed, says so in words of its own; one that can't start throws what isn't an SQLException. */
    private Connection connect() throws SQLException {
        try {
            return dataSource.getConnection();
        } catch (SQLException failure) {
            throw stated(failure);
        } catch (RuntimeException failure) {
            if (failure.getCause() instanceof SQLException cause) {
                throw stated(cause);
            }
            throw failure;
        }
    }

    private static SQLException stated(SQLException failure) {
        return failure.getSQLState() == null
                ? new SQLTransientConnectionException(failure.getMessage(), failure)
                : failure;
    }

    private static <T> T restoring(Connection connection, Session session, Work<T> work) throws SQLException {
        var driver = connection.unwrap(PGConnection.class);
        var autoCommit = connection.getAutoCommit();
        var networkTimeout = connection.getNetworkTimeout();
        var prepareThreshold = driver.getPrepareThreshold();
        try {
            driver.setPrepareThreshold(NEVER_PREPARE);
            return work.run(session);
        } finally {
            driver.setPrepareThreshold(prepareThreshold);
            if (!connection.isClosed()) {
                connection.setAutoCommit(autoCommit);
                connection.setNetworkTimeout(Runnable::run, networkTimeout);
            }
        }
    }
}
