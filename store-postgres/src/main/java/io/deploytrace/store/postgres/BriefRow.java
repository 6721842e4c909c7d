package io.deploytrace.store.postgres;

import io.deploytrace.query.TraceBrief;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads what answers about many traces need of a row of {@code deployment_trace}, as a {@link TraceBrief}. */
final class BriefRow {

    /** The columns to select, for a table or alias named {@code trace}. */
    static final String COLUMNS = """
            trace.trace_id, trace.release_id, trace.outcome, trace.cause_span_id, trace.cause_rule, trace.cause_name,
            trace.cause_message, trace.fingerprint, trace.start_time, trace.created_at, trace.span_count""";

    private BriefRow() {}

    static TraceBrief read(ResultSet row) throws SQLException {
        return new TraceBrief(
                row.getString("trace_id"),
                row.getString("release_id"),
                TraceRow.outcome(row.getString("outcome")),
                TraceRow.cause(row),
                row.getString("fingerprint"),
                SpanRow.time(row, "start_time"),
                SpanRow.time(row, "created_at"),
                row.getInt("span_count"));
    }
}
