package io.deploytrace.store.postgres;

import io.deploytrace.query.Cause;
import io.deploytrace.query.Outline;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a write reads of the stored spans of its traces: what {@link io.deploytrace.query.TraceSummary#of} looks at, except for what it
 * says of the cause. A trace may be larger than the memory, and each write to it reads it. Of equal texts one is kept. For one use.
 */
final class StoredSpans {

    /** Rows fetched at once. */
    static final int FETCH_SIZE = 2_000;

    private static final List<String> WITH_COLUMN = List.of(
            AttributeKeys.RELEASE_TARGET_KEY,
            AttributeKeys.RELEASE_ID,
            AttributeKeys.JOB_ID,
            AttributeKeys.PARENT_TRACE_ID,
            AttributeKeys.PHASE,
            AttributeKeys.NODE_TYPE,
            AttributeKeys.STATUS,
            AttributeKeys.SEQUENCE);

    /** Unpacks the attributes once for each span, however many of them are looked at. */
    static final String OF_TRACES = """
            select span.trace_id, span.span_id, span.parent_span_id, left(span.name, %d) as name, span.start_time, span.end_time,
              span.workspace_id, span.release_target_key, span.release_id, span.job_id, span.parent_trace_id,
              span.phase, span.node_type, span.status, span.depth, span.sequence, span.created_at, '[]' as events,
              jsonb_strip_nulls(jsonb_build_object(%s)) as attributes
            from (select unnest(?::text[])::uuid as workspace_id, unnest(?::text[]) as trace_id limit ?) trace
            cross join lateral (
              select span.*, case when jsonb_typeof(span.attributes) = 'object' then span.attributes || '{}' end as said
              from deployment_trace_span span
              where span.workspace_id = trace.workspace_id and span.trace_id = trace.trace_id
              offset 0) span
            """.formatted(Outline.MAXIMUM_LENGTH, attributes());

    private final Map<String, String> known = new HashMap<>();

    private static String attributes() {
        var texts = Stream.of(
                text(AttributeKeys.RESULT, Outline.MAXIMUM_LENGTH),
                text(AttributeKeys.DECISION, Outline.MAXIMUM_LENGTH),
                text(AttributeKeys.RULE_ID, Outline.MAXIMUM_LENGTH),
                text(AttributeKeys.TRIGGER, Cause.MAXIMUM_LENGTH + 1),
                "'%1$s', case when jsonb_typeof(span.said -> '%1$s') <> 'null' then '' end"
                        .formatted(AttributeKeys.JOB_TYPE));
        return Stream.concat(texts, WITH_COLUMN.stream().map(StoredSpans::withoutColumn))
                .collect(Collectors.joining(", "));
    }

    private static String text(String key, int length) {
        return "'%1$s', case when jsonb_typeof(span.said -> '%1$s') = 'string' then left(span.said ->> '%1$s', %2$d) end"
                .formatted(key, length);
    }

    /** Another program may have left the column out. */
    private static String withoutColumn(String key) {
        var column = key.substring(AttributeKeys.PREFIX.length());
        return "'%1$s', case when span.%2$s is null then span.said -> '%1$s' end".formatted(key, column);
    }

    /** The span of the current row. */
    Span read(ResultSet row) throws SQLException {
        var span = SpanRow.read(row);
        var attributes = Attributes.builder();
        span.attributes()
                .asMap()
                .forEach((key, value) -> attributes.put(key, value instanceof String text ? same(text) : value));
        return new Span(
                same(span.traceId()),
                span.spanId(),
                span.parentSpanId() == null ? null : same(span.parentSpanId()),
                same(span.name()),
                span.startTime(),
                span.endTime(),
                attributes.build().compacted(),
                List.of());
    }

    private String same(String text) {
        return known.computeIfAbsent(text, first -> first);
    }
}
