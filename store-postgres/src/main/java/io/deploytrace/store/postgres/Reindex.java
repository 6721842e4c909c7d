package io.deploytrace.store.postgres;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the rows of a workspace, or those that were written within a time, in the order in which they were written, a bounded number at a time, and rebuilds
 * the summaries of their traces; then over the summaries, for those whose spans are gone. A trace that was written in
 * several steps is met several times, and found to be up to date from the second time on.
 */
final class Reindex {

    /** Rows looked at in one step. */
    static final int ROWS = 5_000;

    /** Traces rebuilt in one transaction, which keeps those who write to them waiting. */
    private static final int TRACES = 100;

    private static final String SPANS = """
            select distinct step.created_at, step.trace_id
            from (
              select span.created_at, span.trace_id
              from deployment_trace_span span
              where %s
              order by span.created_at, span.trace_id
              limit ?) step
            order by step.created_at, step.trace_id
            """;

    private static final String SUMMARIES = """
            select trace.created_at, trace.trace_id
            from deployment_trace trace
            where %s
            order by trace.created_at, trace.trace_id
            limit ?
            """;

    private static final String CHANGED = """
            select span.trace_id
            from (
              select span.trace_id, count(*) as span_count, count(*) filter (where span.end_time is null) as open_count,
                     min(span.start_time) as start_time,
                     case when bool_and(span.end_time is not null) then max(span.end_time) end as end_time,
                     min(span.created_at) as created_at
              from deployment_trace_span span
              where span.workspace_id = ? and span.trace_id = any (?)
              group by span.trace_id) span
            left join deployment_trace trace on trace.workspace_id = ? and trace.trace_id = span.trace_id
            where (trace.span_count, trace.open_count, trace.start_time, trace.end_time, trace.created_at)
              is distinct from (span.span_count, span.open_count, span.start_time, span.end_time, span.created_at)
            order by span.trace_id
            """;

    private static final String WITHOUT_SPANS = """
            select summary.trace_id
            from unnest(?::text[]) as summary (trace_id)
            where not exists (
                select from deployment_trace_span span
                where span.workspace_id = ? and span.trace_id = summary.trace_id)
            order by summary.trace_id
            """;

    private final Database database;
    private final UUID workspaceId;
    private final boolean all;
    private final TimeRange range;
    private long written;

    Reindex(Database database, UUID workspaceId, boolean all, TimeRange range) {
        this.database = database;
        this.workspaceId = workspaceId;
        this.all = all;
        this.range = range;
    }

    /** Runs it; the number of summaries that were written or removed. */
    long run(Deadline deadline) {
        walk(
                after -> spans(workspaceId, range, after),
                traceIds -> all ? List.of(traceIds) : list(changed(workspaceId, traceIds), deadline),
                deadline);
        walk(
                after -> summaries(workspaceId, range, after),
                traceIds -> list(withoutSpans(workspaceId, traceIds), deadline),
                deadline);
        return written;
    }

    private void walk(
            Function<@Nullable TracePosition, Query<TracePosition>> step,
            Function<String[], List<String>> selection,
            Deadline deadline) {
        var positions = list(step.apply(null), deadline);
        while (!positions.isEmpty()) {
            var traceIds =
                    positions.stream().map(TracePosition::traceId).distinct().toArray(String[]::new);
            rebuild(selection.apply(traceIds), deadline);
            positions = list(step.apply(positions.get(positions.size() - 1)), deadline);
        }
    }

    private void rebuild(List<String> traceIds, Deadline deadline) {
        for (var from = 0; from < traceIds.size(); from += TRACES) {
            var batch = traceIds.subList(from, Math.min(from + TRACES, traceIds.size()));
            var rebuild = new SummaryRebuild(workspaceId, batch);
            written += database.transaction(undone(), deadline, rebuild::run);
        }
    }

    private <T> List<T> list(Query<T> query, Deadline deadline) {
        return database.call(undone(), deadline, query::list);
    }

    private String undone() {
        return "%d summaries were written so far. Repeat the call to go on.".formatted(written);
    }

    static Query<TracePosition> spans(UUID workspaceId, TimeRange range, @Nullable TracePosition after) {
        return positions(SPANS, "span", workspaceId, range, after);
    }

    static Query<TracePosition> summaries(UUID workspaceId, TimeRange range, @Nullable TracePosition after) {
        return positions(SUMMARIES, "trace", workspaceId, range, after);
    }

    private static Query<TracePosition> positions(
            String sql, String alias, UUID workspaceId, TimeRange range, @Nullable TracePosition after) {
        var conditions =
                new Conditions().and(alias + ".workspace_id = ?", workspaceId).within(alias + ".created_at", range);
        if (after != null) {
            conditions.and(
                    "(%1$s.created_at, %1$s.trace_id) > (?, ?)".formatted(alias), after.createdAt(), after.traceId());
        }
        var parameters = new ArrayList<>(conditions.parameters());
        parameters.add(ROWS);
        return new Query<>(sql.formatted(conditions.sql()), parameters, TracePosition::read);
    }

    static Query<String> changed(UUID workspaceId, String[] traceIds) {
        return new Query<>(CHANGED, List.of(workspaceId, traceIds, workspaceId), row -> row.getString("trace_id"));
    }

    static Query<String> withoutSpans(UUID workspaceId, String[] traceIds) {
        return new Query<>(WITHOUT_SPANS, List.of(traceIds, workspaceId), row -> row.getString("trace_id"));
    }
}
