package io.deploytrace.store.postgres;

import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes spans of traces of which something may be stored, in one transaction: it locks the traces' rows in the read
 * model, making those that are missing, reads what matters of the stored spans, decides span by span, and writes what is new or
 * replaces an open copy together with the summaries. A stored span is read whole only where that decides: an open one of which another
 * open copy is given, and one that is the cause of the trace's outcome.
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

    private static final String TAKEN = """
            select true
            from deployment_trace_span span
            where span.trace_id = ? and span.span_id = ? and span.workspace_id <> ?::uuid
            """;

    /** One round trip. The second statement sees what was committed before the first had its locks. */
    private static final String LOCK_AND_READ = LOCK + ";" + StoredSpans.OF_TRACES;

    /** Whole spans in memory at once: each may be as large as a span gets. */
    private static final int WHOLE_SPANS = 4;

    private final Traces given;
    private final Encoding encoding;
    private final @Nullable String time;

    private final Map<String, MergedTrace> traces = new LinkedHashMap<>();

    /**
     * @param encoding takes what is written; empty
     * @param time the time of the write; null for the database's
     */
    TraceMerge(Traces given, Encoding encoding, @Nullable String time) {
        this.given = given;
        this.encoding = encoding;
        this.time = time;
        given.byId().keySet().forEach(traceId -> traces.put(traceId, new MergedTrace(traces.size())));
    }

    /**
     * Runs it within a transaction, once; what it did to each trace.
     *
     * @throws Overtaken if a row wasn't written, since another program wrote it meanwhile: another attempt will see it
     * @throws SpanStoreException with {@link Reason#CONFLICT} if a key is taken by another workspace
     */
    Map<String, WriteResult> run(Session session) throws SQLException {
        lockAndRead(session);
        given.spans()
                .forEach(trace -> trace.forEach(span -> trace(span.traceId()).merge(span)));
        readWhole(session, MergedTrace::undecided, MergedTrace::mergeWith);
        if (traces.values().stream().anyMatch(MergedTrace::needsSummary)) {
            summarize(session);
            checkAll(session, write(session));
        }
        var results = new HashMap<String, WriteResult>();
        traces.forEach((traceId, trace) -> results.put(traceId, trace.result()));
        return results;
    }

    private void summarize(Session session) throws SQLException {
        for (var trace : traces.values()) {
            if (trace.needsSummary()) {
                trace.summarize();
            }
        }
        readWhole(session, MergedTrace::storedCause, MergedTrace::tellCause);
    }

    /** Reads the stored spans that each trace asks for, and hands them to it one by one. */
    private void readWhole(
            Session session, Function<MergedTrace, List<SpanKey>> wanted, BiConsumer<MergedTrace, Span> reader)
            throws SQLException {
        for (var workspace : given.byWorkspace().entrySet()) {
            var keys = workspace.getValue().stream()
                    .flatMap(traceId -> wanted.apply(trace(traceId)).stream())
                    .toList();
            if (!keys.isEmpty()) {
                SpanQueries.ofKeys(workspace.getKey(), keys)
                        .forEach(session, WHOLE_SPANS, span -> reader.accept(trace(span.traceId()), span));
            }
        }
    }

    private MergedTrace trace(String traceId) {
        return Objects.requireNonNull(traces.get(traceId), traceId);
    }

    private void lockAndRead(Session session) throws SQLException {
        try (var statement = session.prepareToKeep(LOCK_AND_READ)) {
            statement.setFetchSize(StoredSpans.FETCH_SIZE);
            var workspaceIds = session.array("text", given.workspaceIds());
            var traceIds = session.array("text", given.ids());
            for (var index = 1; index <= 4; index += 2) {
                statement.setArray(index, workspaceIds);
                statement.setArray(index + 1, traceIds);
            }
            statement.setInt(5, traces.size());
            statement.execute();
            readLocked(statement.getResultSet());
            statement.getMoreResults();
            readStored(statement.getResultSet());
        }
    }

    private void readLocked(ResultSet rows) throws SQLException {
        while (rows.next()) {
            trace(rows.getString(1)).hasNoSummary();
        }
    }

    private void readStored(ResultSet rows) throws SQLException {
        var stored = new StoredSpans();
        while (rows.next()) {
            var span = stored.read(rows);
            trace(span.traceId()).addStored(span, SpanRow.time(rows, "created_at"));
        }
    }

    private Set<SpanKey> write(Session session) throws SQLException {
        traces.values().forEach(trace -> trace.encodeTo(encoding));
        try (var statement = session.prepareToKeep(WriteStatements.MERGE)) {
            statement.setString(1, time);
            var index = encoding.summaries().bind(session, statement, 2);
            encoding.spans().bind(session, statement, index);
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

    private void checkAll(Session session, Set<SpanKey> written) throws SQLException {
        for (var trace : traces.values()) {
            for (var span : trace.changed()) {
                if (!written.contains(span.key())) {
                    throw isTaken(session, span) ? conflict(span) : new Overtaken(conflict(span));
                }
            }
        }
    }

    /** Whether the key belongs to another workspace, about which nothing is told beyond that. */
    private static boolean isTaken(Session session, Span span) throws SQLException {
        try (var statement = session.prepare(TAKEN)) {
            statement.setString(1, span.traceId());
            statement.setString(2, span.spanId());
            statement.setString(3, span.workspaceId());
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private SpanStoreException conflict(Span span) {
        return new SpanStoreException(
                Reason.CONFLICT,
                "Span " + span.spanId() + " of trace " + span.traceId() + ": its ids are taken by another span."
                        + " Record under a trace id of its own. " + given.undone());
    }

    /** Says that another program wrote a row between this transaction's look at it and its write. */
    static final class Overtaken extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final SpanStoreException atLast;

        private Overtaken(SpanStoreException atLast) {
            super(atLast);
            this.atLast = atLast;
        }

        /** What to say when there is no further attempt. */
        SpanStoreException atLast() {
            return atLast;
        }
    }
}
