package io.deploytrace.store;

import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the spans of one batch may be stored. On every write's path: plain loops, nothing allocated for a good
 * span, and what spans have in common is looked at once.
 */
final class SpanCheck {

    private static final int TRACE_ID_LENGTH = 32;
    private static final int SPAN_ID_LENGTH = 16;
    private static final long EARLIEST = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long END_OF_TIME =
            Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond();

    private static final String[] TEXT_COLUMNS = {
        AttributeKeys.RELEASE_TARGET_KEY,
        AttributeKeys.RELEASE_ID,
        AttributeKeys.JOB_ID,
        AttributeKeys.PARENT_TRACE_ID,
        AttributeKeys.PHASE,
        AttributeKeys.NODE_TYPE,
        AttributeKeys.STATUS
    };
    private static final String[] INTEGER_COLUMNS = {AttributeKeys.DEPTH, AttributeKeys.SEQUENCE};

    private @Nullable String goodTraceId;
    private @Nullable String goodWorkspaceId;
    private boolean severalWorkspaces;

    void check(Span span) {
        ids(span);
        workspace(span);
        columns(span);
        times(span);
        SpanSize.check(span);
    }

    /** Whether the spans checked so far are of several workspaces. */
    boolean sawSeveralWorkspaces() {
        return severalWorkspaces;
    }

    /** Fails if two spans of one trace name different workspaces. */
    static void sameWorkspace(Span first, Span second) {
        var workspace = first.workspaceId();
        if (workspace == null || !workspace.equals(second.workspaceId())) {
            throw InvalidSpan.of(
                    second,
                    "attribute " + AttributeKeys.WORKSPACE_ID,
                    second.workspaceId(),
                    "differs from that of span " + first.spanId() + " of the same trace (" + workspace
                            + "). A trace belongs to one workspace: write the other spans under a trace id of their own.");
        }
    }

    private void ids(Span span) {
        if (!span.traceId().equals(goodTraceId)) {
            hex(span, "trace id", span.traceId(), TRACE_ID_LENGTH);
            goodTraceId = span.traceId();
        }
        hex(span, "span id", span.spanId(), SPAN_ID_LENGTH);
        hex(span, "parent span id", span.parentSpanId(), SPAN_ID_LENGTH);
        var parentTrace = span.parentTraceId();
        hex(span, "attribute " + AttributeKeys.PARENT_TRACE_ID, parentTrace, TRACE_ID_LENGTH);
        if (span.traceId().equals(parentTrace)) {
            throw InvalidSpan.of(
                    span,
                    "attribute " + AttributeKeys.PARENT_TRACE_ID,
                    parentTrace,
                    "names the span's own trace. Leave it out, or name the trace that this one belongs under.");
        }
    }

    private static void hex(Span span, String what, @Nullable String id, int length) {
        if (id != null && !Hex.isId(id, length)) {
            throw InvalidSpan.of(
                    span,
                    what,
                    id,
                    "must be " + length + " lower-case hex digits that are not all zeros (W3C Trace Context).");
        }
    }

    private void workspace(Span span) {
        var value = span.attributes().get(AttributeKeys.WORKSPACE_ID);
        if (value instanceof String text && text.equals(goodWorkspaceId)) {
            return;
        }
        if (!(value instanceof String text) || !Hex.isUuid(text)) {
            throw InvalidSpan.of(
                    span,
                    "attribute " + AttributeKeys.WORKSPACE_ID,
                    value,
                    "must be the workspace's id, a UUID in lower case such as 0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47.");
        }
        severalWorkspaces |= goodWorkspaceId != null;
        goodWorkspaceId = text;
    }

    private static void columns(Span span) {
        for (var key : TEXT_COLUMNS) {
            var value = span.attributes().get(key);
            if (value == null) {
                continue;
            }
            if (!(value instanceof String text)) {
                throw InvalidSpan.of(span, "attribute " + key, value, "must be a string: its column holds text.");
            }
            if (text.length() > SpanBatch.MAXIMUM_COLUMN_LENGTH) {
                throw InvalidSpan.of(
                        span, "attribute " + key, text, InvalidSpan.tooLong(text, SpanBatch.MAXIMUM_COLUMN_LENGTH));
            }
        }
        for (var key : INTEGER_COLUMNS) {
            var value = span.attributes().get(key);
            if (value != null && !(value instanceof Long number && number.intValue() == number)) {
                throw InvalidSpan.of(span, "attribute " + key, value, "must be an integer of 32 bits.");
            }
        }
    }

    private static void times(Span span) {
        time(span, "start", span.startTime());
        var end = span.endTime();
        if (end != null) {
            time(span, "end", end);
            if (end.isBefore(span.startTime())) {
                throw InvalidSpan.of(
                        span,
                        "end",
                        end,
                        "lies before the start, " + span.startTime() + ". Set a clock that doesn't run backwards.");
            }
        }
        for (SpanEvent event : span.events()) {
            time(span, "time of an event", event.time());
        }
    }

    private static void time(Span span, String what, Instant time) {
        var second = time.getEpochSecond();
        if (second < EARLIEST || second >= END_OF_TIME) {
            throw InvalidSpan.of(span, what, time, "must lie in the years 1 to 9999.");
        }
    }
}
