package io.deploytrace.store.postgres;

import io.deploytrace.query.Cause;
import io.deploytrace.query.Outcome;
import io.deploytrace.query.TraceSummary;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.StoredTrace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a row of {@code deployment_trace}, the read model, as a {@link StoredTrace}. */
final class TraceRow {

    /** The columns to select, for a table or alias named {@code trace}. */
    static final String COLUMNS = """
            trace.workspace_id, trace.trace_id, trace.parent_trace_id, trace.release_target_key, trace.release_id,
            trace.job_id, trace.trigger, trace.start_time, trace.end_time, trace.outcome, trace.cause_span_id,
            trace.cause_rule, trace.cause_name, trace.cause_message, trace.span_count, trace.open_count,
            trace.fingerprint, trace.created_at, trace.updated_at, trace.revision""";

    private TraceRow() {}

    static StoredTrace read(ResultSet row) throws SQLException {
        return new StoredTrace(
                summary(row),
                SpanRow.time(row, "created_at"),
                SpanRow.time(row, "updated_at"),
                row.getLong("revision"));
    }

    private static TraceSummary summary(ResultSet row) throws SQLException {
        return new TraceSummary(
                row.getObject("workspace_id", UUID.class),
                row.getString("trace_id"),
                row.getString("parent_trace_id"),
                row.getString("release_target_key"),
                row.getString("release_id"),
                row.getString("job_id"),
                row.getString("trigger"),
                SpanRow.time(row, "start_time"),
                SpanRow.nullableTime(row, "end_time"),
                outcome(row.getString("outcome")),
                cause(row),
                row.getInt("span_count"),
                row.getInt("open_count"),
                row.getString("fingerprint"));
    }

    static Outcome outcome(String value) {
        return Outcome.ofValue(value)
                .orElseThrow(() -> new SpanStoreException(
                        SpanStoreException.Reason.OTHER,
                        "The table deployment_trace holds the outcome \"" + value
                                + "\", which this version doesn't know."
                                + " Use the version that wrote it, or run \"deploytrace reindex --all\"."));
    }

    static @Nullable Cause cause(ResultSet row) throws SQLException {
        var spanId = row.getString("cause_span_id");
        return spanId == null
                ? null
                : new Cause(
                        spanId,
                        row.getString("cause_rule"),
                        Objects.requireNonNullElse(row.getString("cause_name"), ""),
                        row.getString("cause_message"));
    }
}
