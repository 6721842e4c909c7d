package io.deploytrace.store.postgres;

import io.deploytrace.query.TraceSummary;
import io.deploytrace.store.SpanBatch;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes traces of which nothing is stored yet, in one statement that commits by itself: one round trip.
 *
 * @param spans the spans as rows
 * @param summaries the summaries of their traces
 * @param time the time of the write; null for the database's
 */
record NewTraces(
        List<NewSpan> spans,
        List<NewSummary> summaries,
        @Nullable String time) {

    static NewTraces of(SpanBatch batch, @Nullable String time, String undone) {
        var rows = new ArrayList<NewSpan>(batch.spans().size());
        var summaries = new ArrayList<NewSummary>(batch.traces().size());
        for (var trace : batch.traces().values()) {
            var step = summaries.size();
            trace.forEach(span -> rows.add(NewSpan.of(span, step)));
            summaries.add(new NewSummary(TraceSummary.of(trace), null, step));
        }
        NewSpan.checkSize(rows, undone);
        return new NewTraces(rows, summaries, time);
    }

    /** Whether each has a root: where it is missing, it was most likely stored before. */
    static boolean areLikely(SpanBatch batch) {
        return batch.traces().values().stream()
                .allMatch(trace -> trace.stream().anyMatch(span -> span.parentSpanId() == null));
    }

    /** Whether the spans were written; they weren't if anything of their traces is stored. */
    boolean insert(Session session) throws SQLException {
        try (var statement = session.prepare(WriteStatements.INSERT)) {
            bind(session, statement);
            try (var result = statement.executeQuery()) {
                result.next();
                return result.getInt(1) > 0;
            }
        }
    }

    private void bind(Session session, PreparedStatement statement) throws SQLException {
        var traceIds =
                array(session, summaries.stream().map(row -> row.summary().traceId()));
        var workspaceIds = array(
                session,
                summaries.stream()
                        .map(row -> row.summary().workspaceId().toString())
                        .distinct());
        statement.setString(1, time);
        var index = NewSummary.COLUMNS.bind(session, statement, 2, summaries);
        statement.setArray(index++, traceIds);
        statement.setArray(index++, workspaceIds);
        statement.setArray(index++, traceIds);
        statement.setArray(index++, workspaceIds);
        NewSpan.COLUMNS.bind(session, statement, index, spans);
    }

    private static java.sql.Array array(Session session, Stream<String> texts) throws SQLException {
        return session.array("text", texts.toArray(String[]::new));
    }
}
