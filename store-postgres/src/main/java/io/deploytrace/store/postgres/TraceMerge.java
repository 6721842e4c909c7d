package io.deploytrace.store.postgres;

import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes spans of traces of which something may be stored, in one transaction: it locks the traces' rows in the read
 * model, making those that are missing, reads the stored spans, decides span by span, and writes what is new or
 * replaces an open copy together with the summaries.
 */
final class TraceMerge {

    /** Rows that are there are locked, though the condition leaves them as they are. */
    static final String LOCK = """
            insert into deployment_trace as stored
              (workspace_id, trace_id, start_time, outcome, span_count, open_count, fingerprint, created_at, updated_at,
               revision)
            select trace.workspace_id, trace.trace_id, 'epoch', '', 0, 0, '', 'epoch', 'epoch', 0
            from unnest(?::text[]::uuid[], ?::text[]) with ordinality as trace (workspace_id, trace_id, position)
            order by trace.position
            on conflict (workspace_id, trace_id) do update set revision = stored.revision where false
            returning stored.trace_id
            """;

    static final String STORED = """
            select %s, span.created_at
            from unnest(?::text[]::uuid[], ?::text[]) as trace (workspace_id, trace_id)
            join deployment_trace_span span
              on span.workspace_id = trace.workspace_id and span.trace_id = trace.trace_id
            """.formatted(SpanRow.COLUMNS);

    private final SpanBatch batch;
    private final @Nullable String time;
    private final String undone;

    private final Map<String, MergedTrace> traces = new LinkedHashMap<>();

    /**
     * @param time the time of the write; null for the database's
     * @param undone the sentence that ends the message of a failure
     */
    TraceMerge(SpanBatch batch, @Nullable String time, String undone) {
        this.batch = batch;
        this.time = time;
        this.undone = undone;
        batch.traces().keySet().forEach(traceId -> traces.put(traceId, new MergedTrace(traces.size())));
    }

    /**
     * Runs it within a transaction, once.
     *
     * @throws SpanStoreException with {@link Reason#CONFLICT} if a key is taken: by another workspace, or, which another
     *     attempt would show, by a row that another program wrote meanwhile
     */
    WriteResult run(Session session) throws SQLException {
        lock(session);
        readStored(session);
        batch.spans().forEach(span -> trace(span.traceId()).merge(span));
        var changed = changed();
        if (traces.values().stream().anyMatch(MergedTrace::needsSummary)) {
            checkAll(changed, write(session));
        }
        var inserted = traces.values().stream().mapToInt(MergedTrace::inserted).sum();
        return new WriteResult(
                inserted, changed.size() - inserted, batch.spans().size() - changed.size());
    }

    private MergedTrace trace(String traceId) {
        return Objects.requireNonNull(traces.get(traceId), traceId);
    }

    private List<Span> changed() {
        return traces.values().stream()
                .flatMap(trace -> trace.changed().stream())
                .toList();
    }

    private void lock(Session session) throws SQLException {
        try (var statement = session.prepare(LOCK)) {
            bindTraces(session, statement);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    trace(rows.getString(1)).hasNoSummary();
                }
            }
        }
    }

    private void readStored(Session session) throws SQLException {
        try (var statement = session.prepare(STORED)) {
            bindTraces(session, statement);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var span = SpanRow.read(rows);
                    trace(span.traceId()).addStored(span, SpanRow.time(rows, "created_at"));
                }
            }
        }
    }

    private void bindTraces(Session session, PreparedStatement statement) throws SQLException {
        var firsts = batch.traces().values().stream().map(trace -> trace.get(0)).toList();
        statement.setArray(
                1, session.array("text", firsts.stream().map(Span::workspaceId).toArray(String[]::new)));
        statement.setArray(
                2, session.array("text", firsts.stream().map(Span::traceId).toArray(String[]::new)));
    }

    private Set<SpanKey> write(Session session) throws SQLException {
        var rows = traces.values().stream()
                .flatMap(trace -> trace.changedRows().stream())
                .toList();
        NewSpan.checkSize(rows, undone);
        var summaries = traces.values().stream()
                .filter(MergedTrace::needsSummary)
                .map(MergedTrace::summary)
                .toList();
        try (var statement = session.prepare(WriteStatements.MERGE)) {
            statement.setString(1, time);
            var index = NewSummary.COLUMNS.bind(session, statement, 2, summaries);
            NewSpan.COLUMNS.bind(session, statement, index, rows);
            return keys(statement);
        }
    }

    private static Set<SpanKey> keys(PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            var keys = new HashSet<SpanKey>();
            while (rows.next()) {
                keys.add(new SpanKey(rows.getString(1), rows.getString(2)));
            }
            return keys;
        }
    }

    private void checkAll(List<Span> changed, Set<SpanKey> written) {
        for (var span : changed) {
            if (!written.contains(span.key())) {
                throw new SpanStoreException(
                        Reason.CONFLICT,
                        "Span " + span.spanId() + " of trace " + span.traceId() + ": its ids are taken by another span."
                                + " Record under a trace id of its own. " + undone);
            }
        }
    }
}
