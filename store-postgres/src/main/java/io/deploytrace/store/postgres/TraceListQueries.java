package io.deploytrace.store.postgres;

import io.deploytrace.store.Page;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TraceFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Summaries of traces, from the read model: one, those that match a filter, those linked to a trace. */
final class TraceListQueries {

    private static final String LIST = "traces";

    private static final String ONE = """
            select %s
            from deployment_trace trace
            where trace.workspace_id = ? and trace.trace_id = ?
            """.formatted(TraceRow.COLUMNS);

    private static final String FILTERED = """
            select %s
            from deployment_trace trace
            where %s
            order by trace.created_at desc, trace.trace_id desc
            limit ?
            """;

    private static final String LINKED = """
            select %s
            from deployment_trace trace
            where trace.workspace_id = ? and trace.parent_trace_id = ?
            order by trace.created_at, trace.trace_id
            """.formatted(TraceRow.COLUMNS);

    private static final String HAS_SPAN = """
            exists (
                select from deployment_trace_span span
                where span.trace_id = trace.trace_id and %s)""";

    private TraceListQueries() {}

    static Query<StoredTrace> one(UUID workspaceId, String traceId) {
        return new Query<>(ONE, List.of(workspaceId, traceId), TraceRow::read);
    }

    static Query<StoredTrace> linked(UUID workspaceId, String traceId) {
        return new Query<>(LINKED, List.of(workspaceId, traceId), TraceRow::read);
    }

    static Query<StoredTrace> filtered(UUID workspaceId, TraceFilter filter, PageRequest page) {
        var conditions = new Conditions()
                .and("trace.workspace_id = ?", workspaceId)
                .andIfGiven("trace.release_target_key = ?", filter.releaseTargetKey())
                .andIfGiven("trace.release_id = ?", filter.releaseId())
                .andIfGiven(
                        "trace.outcome = ?",
                        filter.outcome() == null ? null : filter.outcome().value())
                .within("trace.created_at", filter.range())
                .and(ofJob(workspaceId, filter))
                .and(ofSpan(workspaceId, filter))
                .and(TracePosition.after(LIST, page));
        var parameters = new ArrayList<>(conditions.parameters());
        parameters.add(page.limit() + 1);
        return new Query<>(FILTERED.formatted(TraceRow.COLUMNS, conditions.sql()), parameters, TraceRow::read);
    }

    /** A trace may trigger several jobs; its summary names the first, its spans name all. */
    private static Conditions ofJob(UUID workspaceId, TraceFilter filter) {
        if (filter.jobId() == null) {
            return new Conditions().and("trace.parent_trace_id is null");
        }
        return hasSpan(
                new Conditions().and("span.workspace_id = ?", workspaceId).and("span.job_id = ?", filter.jobId()));
    }

    private static Conditions ofSpan(UUID workspaceId, TraceFilter filter) {
        if (filter.phase() == null && filter.nodeType() == null && filter.status() == null) {
            return new Conditions();
        }
        return hasSpan(new Conditions()
                .and("span.workspace_id = ?", workspaceId)
                .andIfGiven("span.phase = ?", filter.phase())
                .andIfGiven("span.node_type = ?", filter.nodeType())
                .andIfGiven("span.status = ?", filter.status()));
    }

    private static Conditions hasSpan(Conditions span) {
        return new Conditions()
                .and(HAS_SPAN.formatted(span.sql()), span.parameters().toArray());
    }

    static Page<StoredTrace> page(List<StoredTrace> rows, PageRequest page) {
        return Paging.page(
                rows,
                page.limit(),
                trace -> new TracePosition(trace.createdAt(), trace.summary().traceId()).cursor(LIST));
    }
}
