package io.deploytrace.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Tells whether connections lead through a pooler that gives a client another server process with each transaction. It can't be asked, but
 * gives itself away: the process of a client that is between two transactions serves the next client, or is another one afterwards.
 */
final class PoolerCheck {

    /** By chance, a busy pooler may look as if it didn't do what it does. */
    private static final int LOOKS = 5;

    private PoolerCheck() {}

    /** Whether what belongs to a session, such as a lock, gets lost between two transactions; false for a pooler in session mode. */
    static boolean losesSessions(DataSource dataSource) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            var driver = connection.unwrap(PGConnection.class);
            if (processId(connection) == driver.getBackendPID()) {
                return false;
            }
            try (var other = dataSource.getConnection()) {
                for (var look = 0; look < LOOKS; look++) {
                    if (isLost(connection, other)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    /** The other keeps its process within a transaction, so that the pooler can't hand it out meanwhile. */
    private static boolean isLost(Connection connection, Connection other) throws SQLException {
        var before = processId(connection);
        other.setAutoCommit(false);
        try {
            return processId(other) == before || processId(connection) != before;
        } finally {
            other.rollback();
            other.setAutoCommit(true);
        }
    }

    /** In one round trip that leaves no prepared statement behind. */
    private static int processId(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
