package io.deploytrace.store.postgres;

import io.deploytrace.store.WriteResult;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes traces of which something may be stored, if the database can tell by itself what is to be done: one round trip,
 * in which the first statement locks the traces and the second sees all that was committed before it had its locks.
 *
 * @param traces the traces
 * @param encoding their spans and summaries, as if nothing else were stored of them
 * @param time the time of the write; null for the database's
 */
record GrownTraces(
        Traces traces, Encoding encoding, @Nullable String time) {

    private static final String LOCK_AND_GROW = TraceMerge.LOCK + ";" + GrowStatement.GROW;

    /** What was done to each trace; empty if the database couldn't tell, and then nothing was done. */
    Map<String, WriteResult> write(Session session) throws SQLException {
        try (var statement = session.prepareToKeep(LOCK_AND_GROW)) {
            statement.setArray(1, session.array("text", traces.workspaceIds()));
            statement.setArray(2, session.array("text", traces.ids()));
            statement.setString(3, time);
            var index = encoding.summaries().bind(session, statement, 4);
            statement.setInt(index++, traces.byId().size());
            encoding.spans().bind(session, statement, index);
            statement.execute();
            statement.getMoreResults();
            return results(statement);
        }
    }

    private static Map<String, WriteResult> results(Statement statement) throws SQLException {
        var results = new HashMap<String, WriteResult>();
        var rows = statement.getResultSet();
        while (rows.next()) {
            results.put(rows.getString(1), new WriteResult(rows.getInt(2), rows.getInt(3), rows.getInt(4)));
        }
        return results;
    }
}
