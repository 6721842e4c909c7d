package io.deploytrace.store.postgres;

import io.deploytrace.store.Page;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SearchText;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TraceFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
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

    private static final String LAST_STARTED = """
            select %s
            from deployment_trace trace
            where trace.workspace_id = ? and trace.release_target_key = ? and trace.parent_trace_id is null
              and trace.outcome in ('deployed', 'failed', 'running')
            order by trace.created_at desc, trace.trace_id desc
            limit 1
            """.formatted(TraceRow.COLUMNS);

    /** The traces linked to some, at whatever level, each beside the one of those that it is linked to. */
    private static final String LINKED = """
            with recursive linked as (
              select given.trace_id as root, given.trace_id
              from unnest(?::text[]) as given (trace_id)
              union
              select linked.root, next.trace_id
              from linked
              cross join lateral (
                select child.trace_id
                from deployment_trace child
                where child.workspace_id = ? and child.parent_trace_id = linked.trace_id
                offset 0) next
            )
            select linked.root, %s
            from linked
            cross join lateral (
              select of_trace.*
              from deployment_trace of_trace
              where of_trace.workspace_id = ? and of_trace.trace_id = linked.trace_id
              offset 0) trace
            where linked.trace_id <> linked.root
            order by trace.created_at, trace.trace_id
            """.formatted(TraceRow.COLUMNS);

    /** A trace that is linked to another one, the root. */
    record Linked(String root, StoredTrace trace) {

        static Linked read(ResultSet row) throws SQLException {
            return new Linked(row.getString("root"), TraceRow.read(row));
        }
    }

    private static final String HAS_SPAN = """
            exists (
                select from deployment_trace_span span
                where span.trace_id = trace.trace_id and %s)""";

    /** One look at all texts leaves few rows at which to look text by text. */
    private static final String SAYS = """
            concat_ws(chr(1), trace.release_target_key, trace.release_id, trace.job_id, trace.trigger,
                trace.cause_rule, trace.cause_name, trace.cause_message, trace.trace_id) ~ ?
              and (trace.release_target_key ~ ? or trace.release_id ~ ? or trace.job_id ~ ? or trace.trigger ~ ?
              or trace.cause_rule ~ ? or trace.cause_name ~ ? or trace.cause_message ~ ? or trace.trace_id ~ ?)""";

    private TraceListQueries() {}

    static Query<StoredTrace> one(UUID workspaceId, String traceId) {
        return new Query<>(ONE, List.of(workspaceId, traceId), TraceRow::read);
    }

    static Query<StoredTrace> lastStarted(UUID workspaceId, String releaseTargetKey) {
        return new Query<>(LAST_STARTED, List.of(workspaceId, releaseTargetKey), TraceRow::read);
    }

    static Query<Linked> linked(UUID workspaceId, Collection<String> traceIds) {
        return new Query<>(LINKED, List.of(traceIds.toArray(String[]::new), workspaceId, workspaceId), Linked::read);
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
                .and(saying(filter))
                .and(ofJob(workspaceId, filter))
                .and(ofSpan(workspaceId, filter))
                .and(TracePosition.after(LIST, page));
        var parameters = new ArrayList<>(conditions.parameters());
        parameters.add(page.limit() + 1);
        return new Query<>(FILTERED.formatted(TraceRow.COLUMNS, conditions.sql()), parameters, TraceRow::read);
    }

    private static Conditions saying(TraceFilter filter) {
        if (filter.text() == null) {
            return new Conditions();
        }
        var text = SearchText.of(filter.text()).expression();
        return new Conditions().and(SAYS, text, text, text, text, text, text, text, text, "^" + text);
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
