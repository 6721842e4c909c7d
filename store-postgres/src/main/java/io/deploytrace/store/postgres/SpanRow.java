package io.deploytrace.store.postgres;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Reads a row of {@code deployment_trace_span} as a {@link Span}. */
final class SpanRow {

    /** The columns to select, for a table or alias named {@code span}. */
    static final String COLUMNS = """
            span.trace_id, span.span_id, span.parent_span_id, span.name, span.start_time, span.end_time,
            span.workspace_id, span.release_target_key, span.release_id, span.job_id, span.parent_trace_id,
            span.phase, span.node_type, span.status, span.depth, span.sequence, span.attributes, span.events""";

    private SpanRow() {}

    /** The span of the current row, which has all of {@link #COLUMNS}, in whatever order and beside others. */
    static Span read(ResultSet row) throws SQLException {
        var startTime = time(row, "start_time");
        return new Span(
                row.getString("trace_id"),
                row.getString("span_id"),
                row.getString("parent_span_id"),
                row.getString("name"),
                startTime,
                nullableTime(row, "end_time"),
                attributes(row),
                JsonReader.events(row.getString("events"), startTime));
    }

    /** A column that holds a time and no NULL. */
    static Instant time(ResultSet row, String column) throws SQLException {
        return toInstant(row.getObject(column, OffsetDateTime.class));
    }

    /** A column that holds a time or NULL. */
    static @Nullable Instant nullableTime(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : toInstant(time);
    }

    /** The driver's word for infinity has nanoseconds, which a {@link Span} floors. */
    private static Instant toInstant(OffsetDateTime time) {
        return time.toInstant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Columns win over attributes: SQL filters by them, and another program may have set them alone. */
    private static Attributes attributes(ResultSet row) throws SQLException {
        return JsonReader.attributes(row.getString("attributes")).toBuilder()
                .put(AttributeKeys.WORKSPACE_ID, row.getString("workspace_id"))
                .put(AttributeKeys.RELEASE_TARGET_KEY, row.getString("release_target_key"))
                .put(AttributeKeys.RELEASE_ID, row.getString("release_id"))
                .put(AttributeKeys.JOB_ID, row.getString("job_id"))
                .put(AttributeKeys.PARENT_TRACE_ID, row.getString("parent_trace_id"))
                .put(AttributeKeys.PHASE, row.getString("phase"))
                .put(AttributeKeys.NODE_TYPE, row.getString("node_type"))
                .put(AttributeKeys.STATUS, row.getString("status"))
                .put(AttributeKeys.DEPTH, row.getObject("depth", Integer.class))
                .put(AttributeKeys.SEQUENCE, row.getObject("sequence", Integer.class))
                .build();
    }
}
