package io.deploytrace.store.postgres;

import io.deploytrace.query.Outline;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import io.deploytrace.vocabulary.AttributeKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The outlines of traces with those linked to them, or of some spans. Spans of a trace say the same over and over: of equal texts one is kept. For one
 * use.
 */
final class OutlineQuery {

    private static final Map<String, String> COLUMNS = Map.of(
            "workspace_id", AttributeKeys.WORKSPACE_ID,
            "release_target_key", AttributeKeys.RELEASE_TARGET_KEY,
            "release_id", AttributeKeys.RELEASE_ID,
            "job_id", AttributeKeys.JOB_ID,
            "parent_trace_id", AttributeKeys.PARENT_TRACE_ID,
            "phase", AttributeKeys.PHASE,
            "node_type", AttributeKeys.NODE_TYPE,
            "status", AttributeKeys.STATUS);

    private static final String WITH_LINKED = SpanQueries.withLinked(columns(Outline.ATTRIBUTES));
    private static final String OF_KEYS = SpanQueries.ofKeys(columns(Outline.ATTRIBUTES_AND_MESSAGE));

    private final Map<String, String> known = new HashMap<>();
    private final List<String> keys;

    private OutlineQuery(List<String> keys) {
        this.keys = keys;
    }

    private static String columns(List<String> keys) {
        return """
            span.trace_id, span.span_id, span.parent_span_id, left(span.name, %1$d) as name, span.start_time, span.end_time,
            span.workspace_id, span.release_target_key, span.release_id, span.job_id, span.parent_trace_id,
            span.phase, span.node_type, span.status, span.depth, span.sequence, %2$s""".formatted(
                        Outline.MAXIMUM_LENGTH,
                        IntStream.range(0, keys.size())
                                .mapToObj(index -> attribute(keys.get(index), index))
                                .collect(Collectors.joining(", ")));
    }

    private static String attribute(String key, int index) {
        var otherwise = key.equals(AttributeKeys.JOB_TYPE)
                ? "when jsonb_typeof(span.attributes -> '%1$s') <> 'null' then ''"
                : "";
        return ("case when jsonb_typeof(span.attributes -> '%1$s') = 'string' then left(span.attributes ->> '%1$s', %2$d) "
                        + otherwise + " end as attribute_%3$d")
                .formatted(key, Outline.MAXIMUM_LENGTH, index);
    }

    /** The outline of a span of a trace, the root, or of one that is linked to it. */
    record Linked(String root, Span span) {}

    static Query<Span> of(UUID workspaceId, String traceId) {
        var parameters = SpanQueries.linkedParameters(workspaceId, List.of(traceId));
        return new Query<>(WITH_LINKED, parameters, new OutlineQuery(Outline.ATTRIBUTES)::read);
    }

    static Query<Linked> ofSeveral(UUID workspaceId, Collection<String> traceIds) {
        var outlines = new OutlineQuery(Outline.ATTRIBUTES);
        return new Query<>(
                WITH_LINKED,
                SpanQueries.linkedParameters(workspaceId, traceIds),
                row -> new Linked(row.getString("root"), outlines.read(row)));
    }

    /** Of the spans of some keys, with their messages. */
    static Query<Span> ofKeys(UUID workspaceId, Collection<SpanKey> keys) {
        var parameters = SpanQueries.keyParameters(workspaceId, keys);
        return new Query<>(OF_KEYS, parameters, new OutlineQuery(Outline.ATTRIBUTES_AND_MESSAGE)::read);
    }

    private Span read(ResultSet row) throws SQLException {
        var name = text(row, "name");
        return new Span(
                row.getString("trace_id"),
                row.getString("span_id"),
                text(row, "parent_span_id"),
                name == null ? "" : name,
                SpanRow.time(row, "start_time"),
                SpanRow.nullableTime(row, "end_time"),
                attributes(row),
                List.of());
    }

    private Attributes attributes(ResultSet row) throws SQLException {
        var attributes = Attributes.builder();
        for (var column : COLUMNS.entrySet()) {
            attributes.put(column.getValue(), text(row, column.getKey()));
        }
        for (var i = 0; i < keys.size(); i++) {
            attributes.put(keys.get(i), text(row, "attribute_" + i));
        }
        return attributes
                .put(AttributeKeys.DEPTH, row.getObject("depth", Integer.class))
                .put(AttributeKeys.SEQUENCE, row.getObject("sequence", Integer.class))
                .build()
                .compacted();
    }

    private @Nullable String text(ResultSet row, String column) throws SQLException {
        var text = row.getString(column);
        return text == null ? null : known.computeIfAbsent(text, same -> same);
    }
}
