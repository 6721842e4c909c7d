package io.deploytrace.store.postgres;

import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.StoredTrace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/**
 * Computes the summaries of some traces from their spans and writes those that are missing or differ. Goes along with writers: these insert
 * spans first and then write the summary, so that whoever holds a summary's row and reads the spans after that misses none
 * whose summary isn't still to be written.
 */
final class SummaryRebuild {

    /** Rows fetched at once; a trace's spans are in memory together, those of several traces are not. */
    private static final int FETCH_SIZE = 500;

    private static final String EXISTING = """
            select trace.trace_id
            from deployment_trace trace
            where trace.workspace_id = ? and trace.trace_id = any (?)
            """;

    private static final String LOCK = """
            select %s
            from deployment_trace trace
            where trace.workspace_id = ? and trace.trace_id = any (?)
            order by trace.trace_id
            for update
            """.formatted(TraceRow.COLUMNS);

    private static final String SPANS = """
            select %s, span.created_at
            from deployment_trace_span span
            where span.workspace_id = ? and span.trace_id = any (?)
            order by span.trace_id
            """.formatted(SpanRow.COLUMNS);

    private final UUID workspaceId;
    private final List<String> traceIds;

    SummaryRebuild(UUID workspaceId, List<String> traceIds) {
        this.workspaceId = workspaceId;
        this.traceIds = traceIds;
    }

    /**
     * Runs it in two transactions, one for the summaries that are there and one for those that are missing; the number of rows
     * that were written. One transaction for both would hold rows of either kind in no common order, and so could wait for a
     * writer that waits for it.
     */
    long run(Database database, String undone, Deadline deadline) {
        var existing = database.call(
                undone,
                deadline,
                session -> new HashSet<>(existing(workspaceId, traceIds).list(session)));
        var missing = traceIds.stream().filter(id -> !existing.contains(id)).toList();
        long written = 0;
        if (!existing.isEmpty()) {
            written += database.transaction(undone, deadline, session -> update(session, existing));
        }
        if (!missing.isEmpty()) {
            written += database.transaction(undone, deadline, session -> insert(session, missing));
        }
        return written;
    }

    private long update(Session session, Collection<String> existing) throws SQLException {
        var stored = new HashMap<String, StoredTrace>();
        for (var trace : lock(workspaceId, existing).list(session)) {
            stored.put(trace.summary().traceId(), trace);
        }
        var changed = new ArrayList<Rebuilt>();
        for (var rebuilt : rebuild(session, stored.keySet())) {
            var before = stored.remove(rebuilt.summary().traceId());
            if (before != null && !rebuilt.isIn(before)) {
                changed.add(rebuilt);
            }
        }
        return SummaryStatements.update(session, changed)
                + SummaryStatements.delete(session, workspaceId, stored.keySet());
    }

    private long insert(Session session, Collection<String> missing) throws SQLException {
        return SummaryStatements.insert(session, rebuild(session, missing));
    }

    private List<Rebuilt> rebuild(Session session, Collection<String> ids) throws SQLException {
        var query = spans(workspaceId, ids);
        var rebuilding = new Rebuilding();
        try (var statement = session.prepare(query.sql())) {
            statement.setFetchSize(FETCH_SIZE);
            query.bind(statement, session);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    rebuilding.add(rows);
                }
            }
        }
        return rebuilding.finish();
    }

    static Query<String> existing(UUID workspaceId, Collection<String> traceIds) {
        return new Query<>(EXISTING, List.of(workspaceId, array(traceIds)), row -> row.getString("trace_id"));
    }

    static Query<StoredTrace> lock(UUID workspaceId, Collection<String> traceIds) {
        return new Query<>(LOCK, List.of(workspaceId, array(traceIds)), TraceRow::read);
    }

    static Query<Span> spans(UUID workspaceId, Collection<String> traceIds) {
        return new Query<>(SPANS, List.of(workspaceId, array(traceIds)), SpanRow::read);
    }

    private static String[] array(Collection<String> traceIds) {
        return traceIds.toArray(String[]::new);
    }

    /** Collects the spans of one trace after the other. */
    private static final class Rebuilding {

        private final List<Rebuilt> done = new ArrayList<>();
        private final List<Span> spans = new ArrayList<>();
        private Instant createdAt = Instant.MAX;

        void add(ResultSet row) throws SQLException {
            var span = SpanRow.read(row);
            if (!spans.isEmpty() && !spans.get(0).traceId().equals(span.traceId())) {
                finishTrace();
            }
            spans.add(span);
            var written = SpanRow.time(row, "created_at");
            createdAt = written.isBefore(createdAt) ? written : createdAt;
        }

        List<Rebuilt> finish() {
            if (!spans.isEmpty()) {
                finishTrace();
            }
            return done;
        }

        private void finishTrace() {
            done.add(new Rebuilt(TraceSummary.of(spans), createdAt));
            spans.clear();
            createdAt = Instant.MAX;
        }
    }

    /**
     * What the spans of a trace say.
     *
     * @param summary the summary
     * @param createdAt when the first of them was written
     */
    record Rebuilt(TraceSummary summary, Instant createdAt) {

        boolean isIn(StoredTrace stored) {
            return stored.summary().equals(summary) && stored.createdAt().equals(createdAt);
        }
    }
}
