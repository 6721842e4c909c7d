package io.deploytrace.store.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Writes traces of which nothing is stored yet, in one statement that commits by itself: one round trip.
 *
 * @param traces the traces
 * @param encoding their spans and summaries
 * @param time the time of the write; null for the database's
 */
record NewTraces(Traces traces, Encoding encoding, @Nullable String time) {

    /** Whether the spans were written; they weren't if anything of their traces is stored. */
    boolean insert(Session session) throws SQLException {
        try (var statement = session.prepareToKeep(WriteStatements.INSERT)) {
            statement.setString(1, time);
            var index = encoding.summaries().bind(session, statement, 2);
            statement.setInt(index++, traces.byId().size());
            encoding.spans().bind(session, statement, index);
            return statement.executeUpdate() > 0;
        }
    }
}
