package io.deploytrace.span;

import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One span of a deployment trace as a store writes and reads it: an OpenTelemetry span whose
 * {@code ctrlplane.} attributes say what part of the deployment it records. The accessors beyond the components
 * read these attributes, so that there is one source for each fact.
 *
 * <p>Start and end are floored to microseconds, PostgreSQL's resolution, so that what is read equals what was
 * written. Ids are not checked here: a store checks a span before it touches anything
 * ({@link io.deploytrace.store.SpanBatch}).
 *
 * @param traceId the trace, 32 lower-case hex digits (W3C Trace Context); not null
 * @param spanId the span within it, 16 lower-case hex digits; not null
 * @param parentSpanId the span it belongs under, 16 lower-case hex digits; null on a root
 * @param name what it records, such as {@code Approval Policy}; not null
 * @param startTime when it began; not null
 * @param endTime when it ended; null while it is open
 * @param attributes all attributes; not null
 * @param events what was noted meanwhile, in order; not null, unmodifiable
 */
public record Span(
        String traceId,
        String spanId,
        @Nullable String parentSpanId,
        String name,
        Instant startTime,
        @Nullable Instant endTime,
        Attributes attributes,
        List<SpanEvent> events) {

    /**
     * The order in which the spans of one trace were started: by sequence (absent last), then start, then span id.
     * The order of lists of spans everywhere.
     */
    public static final Comparator<Span> IN_SEQUENCE = Comparator.comparing(
                    Span::sequence, Comparator.nullsLast(Comparator.<Integer>naturalOrder()))
            .thenComparing(Span::startTime)
            .thenComparing(Span::spanId);

    /** Checks that nothing but parent and end is null, floors the times and copies the events. */
    public Span {
        Objects.requireNonNull(traceId, "traceId");
        Objects.requireNonNull(spanId, "spanId");
        Objects.requireNonNull(name, "name");
        startTime = startTime.truncatedTo(ChronoUnit.MICROS);
        endTime = endTime == null ? null : endTime.truncatedTo(ChronoUnit.MICROS);
        Objects.requireNonNull(attributes, "attributes");
        events = List.copyOf(events);
    }

    /** The identity of the span: a store holds one row per key. */
    public SpanKey key() {
        return new SpanKey(traceId, spanId);
    }

    /** Whether it has not ended. */
    public boolean isOpen() {
        return endTime == null;
    }

    /** {@link AttributeKeys#WORKSPACE_ID}, or null. */
    public @Nullable String workspaceId() {
        return attributes.getString(AttributeKeys.WORKSPACE_ID);
    }

    /** {@link AttributeKeys#RELEASE_TARGET_KEY}, or null. */
    public @Nullable String releaseTargetKey() {
        return attributes.getString(AttributeKeys.RELEASE_TARGET_KEY);
    }

    /** {@link AttributeKeys#RELEASE_ID}, or null. */
    public @Nullable String releaseId() {
        return attributes.getString(AttributeKeys.RELEASE_ID);
    }

    /** {@link AttributeKeys#JOB_ID}, or null. */
    public @Nullable String jobId() {
        return attributes.getString(AttributeKeys.JOB_ID);
    }

    /** {@link AttributeKeys#PARENT_TRACE_ID}, or null. */
    public @Nullable String parentTraceId() {
        return attributes.getString(AttributeKeys.PARENT_TRACE_ID);
    }

    /** {@link AttributeKeys#PHASE} as it was written, or null. */
    public @Nullable String phase() {
        return attributes.getString(AttributeKeys.PHASE);
    }

    /** {@link AttributeKeys#NODE_TYPE} as it was written, or null. */
    public @Nullable String nodeType() {
        return attributes.getString(AttributeKeys.NODE_TYPE);
    }

    /** {@link AttributeKeys#STATUS} as it was written, or null. */
    public @Nullable String status() {
        return attributes.getString(AttributeKeys.STATUS);
    }

    /** {@link AttributeKeys#DEPTH}, or null. */
    public @Nullable Integer depth() {
        return attributes.getInteger(AttributeKeys.DEPTH);
    }

    /** {@link AttributeKeys#SEQUENCE}, or null. */
    public @Nullable Integer sequence() {
        return attributes.getInteger(AttributeKeys.SEQUENCE);
    }

    /**
     * Whether this copy replaces the other copy of the same span. An ended copy replaces an open one and is never
     * replaced. Between two open copies the one that has grown further is the later: more events, or as many
     * events and at least as many attributes; equal copies don't replace each other.
     */
    public boolean replaces(Span other) {
        if (!other.isOpen() || !isOpen()) {
            return other.isOpen();
        }
        if (events.size() != other.events.size()) {
            return events.size() > other.events.size();
        }
        return attributes.size() >= other.attributes.size() && !equals(other);
    }
}
