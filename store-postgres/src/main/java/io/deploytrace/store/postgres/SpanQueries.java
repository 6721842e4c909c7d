package io.deploytrace.store.postgres;

import io.deploytrace.span.Span;
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

    private static final String TRACE_WITH_LINKED = """
            with linked as (
              select ?::text as trace_id
              union
              select child.trace_id
              from deployment_trace_span child
              where child.workspace_id = ? and child.parent_trace_id = ?
            )
            select %s
            from linked
            join deployment_trace_span span on span.workspace_id = ? and span.trace_id = linked.trace_id
            order by min(span.created_at) over (partition by span.trace_id), span.trace_id collate "C", %s
            """.formatted(SpanRow.COLUMNS, ORDER);

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
        return new Query<>(TRACE_WITH_LINKED, List.of(traceId, workspaceId, traceId, workspaceId), SpanRow::read);
    }

    static Query<Span> children(UUID workspaceId, String traceId, String spanId) {
        return new Query<>(CHILDREN, List.of(workspaceId, traceId, spanId), SpanRow::read);
    }

    static Query<Span> ofJob(UUID workspaceId, String jobId) {
        return new Query<>(OF_JOB, List.of(workspaceId, jobId), SpanRow::read);
    }
}
