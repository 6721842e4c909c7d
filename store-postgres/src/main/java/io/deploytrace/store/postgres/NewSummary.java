package io.deploytrace.store.postgres;

import static io.deploytrace.store.postgres.Columns.text;
import static io.deploytrace.store.postgres.Columns.typed;

import io.deploytrace.query.Cause;
import io.deploytrace.query.TraceSummary;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A summary on its way into {@code deployment_trace}. {@link TraceRow} reads it.
 *
 * @param summary the summary
 * @param createdAt when the first of its spans that are stored already was written; null if there are none
 * @param step the number of the trace within the write
 */
record NewSummary(TraceSummary summary, @Nullable Instant createdAt, int step) {

    static final Columns<NewSummary> COLUMNS = new Columns<>(List.of(
            typed("workspace_id", "uuid", row -> row.summary().workspaceId().toString()),
            text("trace_id", row -> row.summary().traceId()),
            text("parent_trace_id", row -> row.summary().parentTraceId()),
            text("release_target_key", row -> row.summary().releaseTargetKey()),
            text("release_id", row -> row.summary().releaseId()),
            text("job_id", row -> row.summary().jobId()),
            text("trigger", row -> row.summary().trigger()),
            typed("start_time", "timestamptz", row -> time(row.summary().startTime())),
            typed("end_time", "timestamptz", row -> time(row.summary().endTime())),
            text("outcome", row -> row.summary().outcome().value()),
            text("cause_span_id", row -> cause(row, Cause::spanId)),
            text("cause_rule", row -> cause(row, Cause::rule)),
            text("cause_name", row -> cause(row, Cause::name)),
            text("cause_message", row -> cause(row, Cause::message)),
            typed("span_count", "integer", row -> row.summary().spanCount()),
            typed("open_count", "integer", row -> row.summary().openCount()),
            text("fingerprint", row -> row.summary().fingerprint()),
            typed("created_at", "timestamptz", row -> time(row.createdAt())),
            typed("step", "integer", NewSummary::step)));

    private static @Nullable Object time(@Nullable Instant time) {
        return time == null ? null : Timestamps.text(time);
    }

    private static @Nullable Object cause(NewSummary row, Function<Cause, @Nullable String> part) {
        var cause = row.summary().cause();
        return cause == null ? null : part.apply(cause);
    }
}
