package io.deploytrace.store.postgres;

import io.deploytrace.span.Span;
import io.deploytrace.store.Page;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The spans of a release target within a time. The traces of a page come from the read model, in one place and order
 * whatever the number of writes that made each of them; a second statement reads their spans.
 */
final class ReleaseTargetQueries {

    private static final String LIST = "spansOfReleaseTarget";

    private static final String TRACES = """
            select trace.created_at, trace.trace_id
            from deployment_trace trace
            where %s
            order by trace.created_at desc, trace.trace_id desc
            limit ?
            """;

    private static final String SPANS = """
            select %s
            from unnest(?::text[]) with ordinality as page (trace_id, position)
            join deployment_trace_span span
              on span.workspace_id = ? and span.trace_id = page.trace_id and span.release_target_key = ?
            order by page.position, %s
            """.formatted(SpanRow.COLUMNS, SpanQueries.ORDER);

    private ReleaseTargetQueries() {}

    static Query<TracePosition> traces(UUID workspaceId, String releaseTargetKey, TimeRange range, PageRequest page) {
        var conditions = new Conditions()
                .and("trace.workspace_id = ?", workspaceId)
                .and("trace.release_target_key = ?", releaseTargetKey)
                .within("trace.created_at", range)
                .and(TracePosition.after(LIST, page));
        var parameters = new ArrayList<>(conditions.parameters());
        parameters.add(page.limit() + 1);
        return new Query<>(TRACES.formatted(conditions.sql()), parameters, TracePosition::read);
    }

    static Query<Span> spans(UUID workspaceId, String releaseTargetKey, List<TracePosition> traces) {
        var traceIds = traces.stream().map(TracePosition::traceId).toArray(String[]::new);
        return new Query<>(SPANS, List.of(traceIds, workspaceId, releaseTargetKey), SpanRow::read);
    }

    static Page<TracePosition> page(List<TracePosition> rows, PageRequest page) {
        return Paging.page(rows, page.limit(), position -> position.cursor(LIST));
    }
}
