package io.deploytrace.store.postgres;

import io.deploytrace.query.Cause;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Summaries on their way into {@code deployment_trace}; {@link TraceRow} reads them. For use by one thread. */
final class SummaryRows {

    private final ArrayColumn workspaceId = ArrayColumn.uuid("workspace_id");
    private final ArrayColumn traceId = ArrayColumn.text("trace_id");
    private final ArrayColumn parentTraceId = ArrayColumn.text("parent_trace_id");
    private final ArrayColumn releaseTargetKey = ArrayColumn.text("release_target_key");
    private final ArrayColumn releaseId = ArrayColumn.text("release_id");
    private final ArrayColumn jobId = ArrayColumn.text("job_id");
    private final ArrayColumn trigger = ArrayColumn.text("trigger");
    private final ArrayColumn startTime = ArrayColumn.time("start_time");
    private final ArrayColumn endTime = ArrayColumn.time("end_time");
    private final ArrayColumn outcome = ArrayColumn.text("outcome");
    private final ArrayColumn causeSpanId = ArrayColumn.text("cause_span_id");
    private final ArrayColumn causeRule = ArrayColumn.text("cause_rule");
    private final ArrayColumn causeName = ArrayColumn.text("cause_name");
    private final ArrayColumn causeMessage = ArrayColumn.text("cause_message");
    private final ArrayColumn spanCount = ArrayColumn.integer("span_count");
    private final ArrayColumn openCount = ArrayColumn.integer("open_count");
    private final ArrayColumn fingerprint = ArrayColumn.text("fingerprint");
    private final ArrayColumn createdAt = ArrayColumn.time("created_at");
    private final ArrayColumn step = ArrayColumn.integer("step");

    private final Rows rows = new Rows(List.of(
            workspaceId,
            traceId,
            parentTraceId,
            releaseTargetKey,
            releaseId,
            jobId,
            trigger,
            startTime,
            endTime,
            outcome,
            causeSpanId,
            causeRule,
            causeName,
            causeMessage,
            spanCount,
            openCount,
            fingerprint,
            createdAt,
            step));

    /** The rows in a statement, under the alias. */
    static String unnested(String alias) {
        return new SummaryRows().rows.unnested(alias);
    }

    void add(NewSummary row) {
        var summary = row.summary();
        workspaceId.add(summary.workspaceId().toString());
        traceId.add(summary.traceId());
        parentTraceId.add(summary.parentTraceId());
        releaseTargetKey.add(summary.releaseTargetKey());
        releaseId.add(summary.releaseId());
        jobId.add(summary.jobId());
        trigger.add(summary.trigger());
        startTime.add(summary.startTime());
        endTime.add(summary.endTime());
        outcome.add(summary.outcome().value());
        add(summary.cause());
        spanCount.add(summary.spanCount());
        openCount.add(summary.openCount());
        fingerprint.add(summary.fingerprint());
        createdAt.add(row.createdAt());
        step.add(row.step());
    }

    private void add(@Nullable Cause cause) {
        causeSpanId.add(cause == null ? null : cause.spanId());
        causeRule.add(cause == null ? null : cause.rule());
        causeName.add(cause == null ? null : cause.name());
        causeMessage.add(cause == null ? null : cause.message());
    }

    /** Binds the parameters of {@link #unnested}; returns the index of the parameter after them. */
    int bind(Session session, PreparedStatement statement, int index) throws SQLException {
        return rows.bind(session, statement, index);
    }

    int capacity() {
        return rows.capacity();
    }

    void clear() {
        rows.clear();
    }
}
