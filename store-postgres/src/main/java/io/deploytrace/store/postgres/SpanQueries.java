package io.deploytrace.store.postgres;

import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The spans of a trace, of a trace with those linked to it, of a span's children, of a job. */
final class SpanQueries {

    /**
     * The order of spans within a trace. A trace may have been written by a program whose ids aren't hex digits, so
     * the collation is named: every store orders them alike.
     */
    static final String ORDER = "span.sequence nulls last, span.start_time, span.span_id collate \"C\"";

    private static final String TRACE = """
            select %s
            from deployment_trace_span span
            where span.workspace_id = ? and span.trace_id = ?
            order by %s
            """.formatted(SpanRow.COLUMNS, ORDER);

    /**
     * The planner takes it that a trace has tens of linked ones, and would read all spans of the workspace for that. {@code offset 0} keeps
     * it to the index for each of them; within {@code aged}, from walking over the times of all spans to the first one of the trace. That is
     * materialized so that it is found once for a trace, not for each span. What is selected is so before it is sorted: attributes would be
     * sorted with the rest, on disk.
     */
    private static final String LINKED = """
            with recursive linked as (
              select given.trace_id as root, given.trace_id
              from unnest(?::text[]) as given (trace_id)
              union
              select linked.root, next.trace_id
              from linked
              cross join lateral (
                select child.trace_id
                from deployment_trace_span child
                where child.workspace_id = ? and child.parent_trace_id = linked.trace_id
                offset 0) next
            ), aged as materialized (
              select linked.root, linked.trace_id, (
                select min(of_trace.created_at)
                from (
                  select span.created_at
                  from deployment_trace_span span
                  where span.workspace_id = ? and span.trace_id = linked.trace_id
                  offset 0) of_trace) as created_at
              from linked
            )
            select aged.root, span.*
            from aged
            cross join lateral (
              select %s
              from deployment_trace_span span
              where span.workspace_id = ? and span.trace_id = aged.trace_id
              offset 0) span
            order by aged.created_at, span.trace_id collate "C", %s
            """;

    private static final String TRACE_WITH_LINKED = withLinked(SpanRow.COLUMNS);

    /**
     * Where spans have just been written, the planner knows nothing of them. It expects few in their workspace, and would read all of these for
     * each part of a trace, or even for each key. {@code offset 0} keeps it to one look-up a key; a workspace that is named twice looks
     * dearer to it than the one span that a key can have.
     */
    private static final String OF_KEYS = """
            select span.*
            from unnest(?::text[], ?::text[]) with ordinality as wanted (trace_id, span_id, position)
            cross join lateral (
              select %s
              from deployment_trace_span span
              where span.workspace_id = any (array[?, ?]::uuid[]) and span.trace_id = wanted.trace_id and span.span_id = wanted.span_id
              offset 0) span
            order by wanted.position
            """;

    private static final String WHOLE_OF_KEYS = ofKeys(SpanRow.COLUMNS);

    private static final String CHILDREN = """
            select %s
            from deployment_trace_span span
            where span.workspace_id = ? and span.trace_id = ? and span.parent_span_id = ?
            order by %s
            """.formatted(SpanRow.COLUMNS, ORDER);

    private static final String OF_JOB = """
            select %s
            from deployment_trace_span span
            where span.workspace_id = ? and span.job_id = ?
            order by %s, span.trace_id collate "C"
            """.formatted(SpanRow.COLUMNS, ORDER);

    private SpanQueries() {}

    static Query<Span> trace(UUID workspaceId, String traceId) {
        return new Query<>(TRACE, List.of(workspaceId, traceId), SpanRow::read);
    }

    static Query<Span> traceWithLinked(UUID workspaceId, String traceId) {
        return new Query<>(TRACE_WITH_LINKED, linkedParameters(workspaceId, List.of(traceId)), SpanRow::read);
    }

    /**
     * The statement that reads the columns of the spans of some traces and of those linked to them, at whatever level, each beside the one of
     * the traces that it belongs to, the root.
     */
    static String withLinked(String columns) {
        return LINKED.formatted(columns, ORDER);
    }

    /** The values of its placeholders. */
    static List<Object> linkedParameters(UUID workspaceId, Collection<String> traceIds) {
        return List.of(traceIds.toArray(String[]::new), workspaceId, workspaceId, workspaceId);
    }

    static Query<Span> ofKeys(UUID workspaceId, Collection<SpanKey> keys) {
        return new Query<>(WHOLE_OF_KEYS, keyParameters(workspaceId, keys), SpanRow::read);
    }

    /** The statement that reads the columns of the spans of some keys, in the order of the keys. */
    static String ofKeys(String columns) {
        return OF_KEYS.formatted(columns);
    }

    /** The values of its placeholders. */
    static List<Object> keyParameters(UUID workspaceId, Collection<SpanKey> keys) {
        var traceIds = keys.stream().map(SpanKey::traceId).toArray(String[]::new);
        var spanIds = keys.stream().map(SpanKey::spanId).toArray(String[]::new);
        return List.of(traceIds, spanIds, workspaceId, workspaceId);
    }

    static Query<Span> children(UUID workspaceId, String traceId, String spanId) {
        return new Query<>(CHILDREN, List.of(workspaceId, traceId, spanId), SpanRow::read);
    }

    static Query<Span> ofJob(UUID workspaceId, String jobId) {
        return new Query<>(OF_JOB, List.of(workspaceId, jobId), SpanRow::read);
    }
}
