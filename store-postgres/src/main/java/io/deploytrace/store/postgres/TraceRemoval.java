package io.deploytrace.store.postgres;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.TraceMaintenance.Removed;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Removes whole traces of a workspace, the oldest first, in batches that each commit. A batch has less than
 * {@value #ROWS} spans beside those of its last trace.
 */
final class TraceRemoval {

    /** Few enough that a batch holds its locks for tens of milliseconds. */
    static final int ROWS = 5_000;

    /** Traces with a row written before the time are those first written before it. */
    private static final String COUNT = """
            with old as (
              select distinct span.trace_id
              from deployment_trace_span span
              where span.workspace_id = ? and span.created_at < ?
            )
            select count(distinct span.trace_id) as traces, count(*) as spans
            from old
            join deployment_trace_span span on span.workspace_id = ? and span.trace_id = old.trace_id
            """;

    /**
     * Of the traces that the oldest rows belong to, in the order of their first rows, as many as stay within the bound.
     */
    private static final String NEXT = """
            with oldest as (
              select span.trace_id, span.created_at
              from deployment_trace_span span
              where %s
              order by span.created_at
              limit ?
            ), counted as (
              select trace.trace_id, trace.created_at, count(*) as spans
              from (
                select oldest.trace_id, min(oldest.created_at) as created_at
                from oldest
                group by oldest.trace_id) trace
              join deployment_trace_span span on span.workspace_id = ? and span.trace_id = trace.trace_id
              group by trace.trace_id, trace.created_at
            ), summed as (
              select counted.trace_id, counted.created_at,
                     sum(counted.spans) over (order by counted.created_at, counted.trace_id)
                       - counted.spans as spans_before
              from counted
            )
            select summed.trace_id, summed.created_at
            from summed
            where summed.spans_before < ?
            order by summed.created_at, summed.trace_id
            """;

    /** Summaries before spans, each by key: as writers lock them, so that the two never wait for each other. */
    private static final String DELETE_SUMMARIES = """
            with locked as (
              select trace.trace_id
              from deployment_trace trace
              where trace.workspace_id = ? and trace.trace_id = any (?)
              order by trace.trace_id collate "C"
              for update
            ), deleted as (
              delete from deployment_trace trace
              using locked
              where trace.workspace_id = ? and trace.trace_id = locked.trace_id
              returning trace.trace_id
            )
            select count(*) as traces, 0 as spans
            from deleted
            """;

    private static final String DELETE_SPANS = """
            with locked as (
              select span.id
              from deployment_trace_span span
              where span.workspace_id = ? and span.trace_id = any (?)
              order by span.trace_id collate "C", span.span_id collate "C"
              for update
            ), deleted as (
              delete from deployment_trace_span span
              using locked
              where span.workspace_id = ? and span.id = locked.id
              returning span.trace_id
            )
            select count(distinct deleted.trace_id) as traces, count(*) as spans
            from deleted
            """;

    private final Database database;
    private final UUID workspaceId;
    private final @Nullable Instant before;

    /** @param before removes only traces first written before this; null for all */
    TraceRemoval(Database database, UUID workspaceId, @Nullable Instant before) {
        this.database = database;
        this.workspaceId = workspaceId;
        this.before = before;
    }

    static Query<Removed> count(UUID workspaceId, Instant before) {
        return removed(COUNT, workspaceId, before, workspaceId);
    }

    /** Removes batch after batch until no trace is left that is to be removed. */
    Removed run(Consumer<Removed> progress, Deadline deadline) {
        var total = new Removed(0, 0);
        var batch = removeNext(null, total, deadline);
        while (batch.through() != null) {
            total = new Removed(
                    total.traces() + batch.removed().traces(),
                    total.spans() + batch.removed().spans());
            progress.accept(total);
            batch = removeNext(batch.through(), total, deadline);
        }
        return total;
    }

    private Batch removeNext(@Nullable Instant from, Removed total, Deadline deadline) {
        var soFar = "%d traces with %d spans were removed so far. Repeat the call to go on."
                .formatted(total.traces(), total.spans());
        return database.transaction(soFar, deadline, session -> {
            var traces = next(workspaceId, from, before).list(session);
            return traces.isEmpty() ? Batch.NONE : remove(session, traces);
        });
    }

    private Batch remove(Session session, List<TracePosition> traces) throws SQLException {
        var traceIds = traces.stream().map(TracePosition::traceId).toArray(String[]::new);
        deleteSummaries(workspaceId, traceIds).one(session);
        var removed = deleteSpans(workspaceId, traceIds).one(session);
        return new Batch(removed, traces.get(traces.size() - 1).createdAt());
    }

    /**
     * The scan starts where the last trace of the batch before began, lest it walks over the rows again that it has
     * just deleted.
     */
    static Query<TracePosition> next(UUID workspaceId, @Nullable Instant from, @Nullable Instant before) {
        var conditions = new Conditions()
                .and("span.workspace_id = ?", workspaceId)
                .andIfGiven("span.created_at >= ?", from)
                .andIfGiven("span.created_at < ?", before);
        var parameters = new ArrayList<>(conditions.parameters());
        parameters.addAll(List.of(ROWS, workspaceId, ROWS));
        return new Query<>(NEXT.formatted(conditions.sql()), parameters, TracePosition::read);
    }

    static Query<Removed> deleteSpans(UUID workspaceId, String[] traceIds) {
        return removed(DELETE_SPANS, workspaceId, traceIds, workspaceId);
    }

    static Query<Removed> deleteSummaries(UUID workspaceId, String[] traceIds) {
        return removed(DELETE_SUMMARIES, workspaceId, traceIds, workspaceId);
    }

    private static Query<Removed> removed(String sql, Object... parameters) {
        return new Query<>(sql, List.of(parameters), row -> new Removed(row.getLong("traces"), row.getLong("spans")));
    }

    /**
     * What a batch did.
     *
     * @param removed what it removed
     * @param through when the first row of its last trace was written; null if there was no trace
     */
    private record Batch(Removed removed, @Nullable Instant through) {

        static final Batch NONE = new Batch(new Removed(0, 0), null);
    }
}
