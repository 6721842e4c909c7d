package io.deploytrace.store.postgres;

import static io.deploytrace.store.postgres.Columns.text;
import static io.deploytrace.store.postgres.Columns.typed;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A span on its way into {@code deployment_trace_span}. {@link SpanRow} reads it.
 *
 * @param id the id of its row, if it gets a new one
 * @param span the span
 * @param step the number of its trace within the write
 * @param attributes its attributes as JSON
 * @param events its events as JSON
 */
record NewSpan(UUID id, Span span, int step, String attributes, String events) {

    static final Columns<NewSpan> COLUMNS = new Columns<>(List.of(
            typed("id", "uuid", row -> row.id().toString()),
            text("trace_id", row -> row.span().traceId()),
            text("span_id", row -> row.span().spanId()),
            text("parent_span_id", row -> row.span().parentSpanId()),
            text("name", row -> row.span().name()),
            typed("start_time", "timestamptz", row -> Timestamps.text(row.span().startTime())),
            typed("end_time", "timestamptz", NewSpan::endTime),
            typed("workspace_id", "uuid", row -> row.span().workspaceId()),
            text("release_target_key", row -> row.span().releaseTargetKey()),
            text("release_id", row -> row.span().releaseId()),
            text("job_id", row -> row.span().jobId()),
            text("parent_trace_id", row -> row.span().parentTraceId()),
            text("phase", row -> row.span().phase()),
            text("node_type", row -> row.span().nodeType()),
            text("status", row -> row.span().status()),
            typed("depth", "integer", row -> row.span().depth()),
            typed("sequence", "integer", row -> row.span().sequence()),
            typed("attributes", "jsonb", NewSpan::attributes),
            typed("events", "jsonb", NewSpan::events),
            typed("step", "integer", NewSpan::step)));

    static NewSpan of(Span span, int step) {
        return new NewSpan(
                TimeOrderedUuid.next(),
                span,
                step,
                JsonWriter.attributes(span.attributes()),
                JsonWriter.events(span.events()));
    }

    private static @Nullable Object endTime(NewSpan row) {
        var endTime = row.span().endTime();
        return endTime == null ? null : Timestamps.text(endTime);
    }

    /** Refuses more than PostgreSQL takes at once. */
    static void checkSize(List<NewSpan> rows, String undone) {
        var size = rows.stream()
                .mapToLong(
                        row -> (long) row.attributes().length() + row.events().length())
                .sum();
        if (size > PostgresSpanStore.MAXIMUM_WRITE_SIZE) {
            throw new SpanStoreException(
                    Reason.INVALID_SPAN,
                    "The attributes and events of these spans have " + size
                            + " characters as JSON, but one write takes at" + " most "
                            + PostgresSpanStore.MAXIMUM_WRITE_SIZE + ". Write them in several calls. " + undone);
        }
    }
}
