package io.deploytrace.store.postgres;

import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes traces of which nothing is stored yet, in one statement that commits by itself, which is one round trip; or by COPY.
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

    /** The same, for many spans, by COPY and within a transaction. */
    boolean copy(Session session) throws SQLException {
        var moment = insertSummaries(session);
        if (moment == null) {
            return false;
        }
        session.copy(
                WriteStatements.COPY_SPANS, rows -> encoding.spans().copyTo(rows, Timestamps.microseconds(moment)));
        return true;
    }

    /** The {@code created_at} of the first trace; null if something of the traces is stored, and then nothing was written. */
    private @Nullable Instant insertSummaries(Session session) throws SQLException {
        try (var statement = session.prepareToKeep(WriteStatements.INSERT_SUMMARIES)) {
            statement.setString(1, time);
            var index = encoding.summaries().bind(session, statement, 2);
            statement.setInt(index, traces.byId().size());
            try (var rows = statement.executeQuery()) {
                return rows.next() ? SpanRow.time(rows, "at") : null;
            }
        }
    }
}
