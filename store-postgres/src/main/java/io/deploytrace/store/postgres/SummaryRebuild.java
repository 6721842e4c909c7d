package io.deploytrace.store.postgres;

import io.deploytrace.query.Outcome;
import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Span;
import io.deploytrace.store.StoredTrace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Computes the summaries of some traces from their spans and writes those that are missing or differ. Locks the rows of
 * the read model before it reads the spans, as {@link TraceMerge} does and in the same order: the two wait for each
 * other, but neither for ever, and neither overwrites what the other has seen and it hasn't.
 */
final class SummaryRebuild {

    /** Rows fetched at once: the spans of one trace are in memory together, those of several are not. */
    private static final int FETCH_SIZE = 500;

    private static final String[] OUTCOMES =
            Arrays.stream(Outcome.values()).map(Outcome::value).toArray(String[]::new);

    /**
     * Rows of revision 0 are those that the lock has just made; one whose outcome this version doesn't know is as good
     * as none.
     */
    private static final String STORED = """
            select %s
            from deployment_trace trace
            where trace.workspace_id = ? and trace.trace_id = any (?) and trace.revision > 0
              and trace.outcome = any (?)
            """.formatted(TraceRow.COLUMNS);

    private static final String SPANS = """
            select %s, span.created_at
            from deployment_trace_span span
            where span.workspace_id = ? and span.trace_id = any (?)
            order by span.trace_id
            """.formatted(SpanRow.COLUMNS);

    private static final String DELETE = """
            delete from deployment_trace trace
            where trace.workspace_id = ? and trace.trace_id = any (?)
            returning trace.revision
            """;

    private final UUID workspaceId;
    private final String[] traceIds;

    SummaryRebuild(UUID workspaceId, Collection<String> traceIds) {
        this.workspaceId = workspaceId;
        this.traceIds = traceIds.stream().sorted().toArray(String[]::new);
    }

    /** Runs it within a transaction; the number of summaries that were written or removed. */
    long run(Session session) throws SQLException {
        lock(workspaceId, traceIds).list(session);
        var stored = new HashMap<String, StoredTrace>();
        for (var trace : stored(workspaceId, traceIds).list(session)) {
            stored.put(trace.summary().traceId(), trace);
        }
        var rebuilt = rebuild(session);
        var changed = rebuilt.values().stream()
                .filter(summary -> !isStored(summary, stored))
                .toList();
        replace(session, changed);
        return changed.size() + delete(session, rebuilt.keySet());
    }

    private static boolean isStored(NewSummary summary, Map<String, StoredTrace> stored) {
        var before = stored.get(summary.summary().traceId());
        return before != null
                && before.summary().equals(summary.summary())
                && before.createdAt().equals(summary.createdAt());
    }

    private Map<String, NewSummary> rebuild(Session session) throws SQLException {
        var query = spans(workspaceId, traceIds);
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

    private static void replace(Session session, List<NewSummary> changed) throws SQLException {
        if (!changed.isEmpty()) {
            try (var statement = session.prepare(WriteStatements.REPLACE_SUMMARIES)) {
                var rows = new SummaryRows();
                changed.forEach(rows::add);
                rows.bind(session, statement, 1);
                statement.executeUpdate();
            }
        }
    }

    /**
     * Deletes summaries without spans, among them, not counted, the rows that the lock made for traces that are gone by
     * now.
     */
    private long delete(Session session, Collection<String> withSpans) throws SQLException {
        var without =
                Arrays.stream(traceIds).filter(id -> !withSpans.contains(id)).toArray(String[]::new);
        var revisions = without.length == 0
                ? List.<Long>of()
                : delete(workspaceId, without).list(session);
        return revisions.stream().filter(revision -> revision > 0).count();
    }

    static Query<String> lock(UUID workspaceId, String[] traceIds) {
        var workspaceIds = new String[traceIds.length];
        Arrays.fill(workspaceIds, workspaceId.toString());
        return new Query<>(TraceMerge.LOCK, List.of(workspaceIds, traceIds), row -> row.getString("trace_id"));
    }

    static Query<StoredTrace> stored(UUID workspaceId, String[] traceIds) {
        return new Query<>(STORED, List.of(workspaceId, traceIds, OUTCOMES), TraceRow::read);
    }

    static Query<Span> spans(UUID workspaceId, String[] traceIds) {
        return new Query<>(SPANS, List.of(workspaceId, traceIds), SpanRow::read);
    }

    static Query<Long> delete(UUID workspaceId, String[] traceIds) {
        return new Query<>(DELETE, List.of(workspaceId, traceIds), row -> row.getLong("revision"));
    }

    /** Collects the spans of one trace after the other. */
    private static final class Rebuilding {

        private final Map<String, NewSummary> done = new HashMap<>();
        private final List<Span> spans = new ArrayList<>();
        private Instant createdAt = Instant.MAX;

        void add(ResultSet row) throws SQLException {
            var span = SpanRow.read(row);
            if (!spans.isEmpty() && !spans.get(0).traceId().equals(span.traceId())) {
                finish();
            }
            spans.add(span);
            var written = SpanRow.time(row, "created_at");
            createdAt = written.isBefore(createdAt) ? written : createdAt;
        }

        Map<String, NewSummary> finish() {
            if (!spans.isEmpty()) {
                done.put(spans.get(0).traceId(), new NewSummary(TraceSummary.of(spans), createdAt, 0));
                spans.clear();
                createdAt = Instant.MAX;
            }
            return done;
        }
    }
}
