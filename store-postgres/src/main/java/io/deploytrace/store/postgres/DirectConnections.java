package io.deploytrace.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.postgresql.PGConnection;

/**
 * Tells connections that lead to one server process for their whole life from those that a pooler may lead to another with each
 * transaction. On the former alone the server may keep statements prepared. A pooler makes up the process id that it
 * tells a client, since it doesn't know yet where the client's statements will run; so the two are compared.
 * Safe for use by several threads.
 */
final class DirectConnections {

    /** A connection that doesn't live longer isn't worth the round trip; the driver itself waits as long. */
    private static final int USES_BEFORE_ASKING = 5;

    private static final String PROCESS_ID = "select pg_backend_pid()";

    private final Map<PGConnection, Sighting> seen = Collections.synchronizedMap(new WeakHashMap<>());

    /** Whether the connection is known to be direct; asks the server once, in the connection's current transaction. */
    boolean isDirect(Connection connection) throws SQLException {
        var driver = connection.unwrap(PGConnection.class);
        var sighting = seen.computeIfAbsent(driver, first -> new Sighting());
        if (++sighting.uses == USES_BEFORE_ASKING) {
            sighting.direct = processId(connection) == driver.getBackendPID();
        }
        return sighting.direct;
    }

    private static int processId(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(PROCESS_ID)) {
            row.next();
            return row.getInt(1);
        }
    }

    /** What is known of a connection, which one thread at a time uses. */
    private static final class Sighting {

        private long uses;
        private boolean direct;
    }
}
