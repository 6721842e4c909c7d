package io.deploytrace.store;

import io.deploytrace.span.Span;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What spans can be selected by: the columns of {@code deployment_trace_span} that hold one plain value. */
public enum SpanColumn {
    /** {@link Span#traceId()}. */
    TRACE_ID(String.class),
    /** {@link Span#spanId()}; together with the trace id, the spans are found at once, by itself by looking at all. */
    SPAN_ID(String.class),
    /** {@link Span#parentSpanId()}. */
    PARENT_SPAN_ID(String.class),
    /** {@link Span#name()}. */
    NAME(String.class),
    /** {@link Span#releaseTargetKey()}. */
    RELEASE_TARGET_KEY(String.class),
    /** {@link Span#releaseId()}. */
    RELEASE_ID(String.class),
    /** {@link Span#jobId()}. */
    JOB_ID(String.class),
    /** {@link Span#parentTraceId()}. */
    PARENT_TRACE_ID(String.class),
    /** {@link Span#phase()}. */
    PHASE(String.class),
    /** {@link Span#nodeType()}. */
    NODE_TYPE(String.class),
    /** {@link Span#status()}. */
    STATUS(String.class),
    /** {@link Span#depth()}. */
    DEPTH(Integer.class),
    /** {@link Span#sequence()}. */
    SEQUENCE(Integer.class);

    private final Class<?> type;

    SpanColumn(Class<?> type) {
        this.type = type;
    }

    /** The column's name, such as {@code release_target_key}. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of its values: {@link String} or {@link Integer}. */
    public Class<?> type() {
        return type;
    }

    /** The value of the span, or null where it has none. */
    public @Nullable Object of(Span span) {
        return switch (this) {
            case TRACE_ID -> span.traceId();
            case SPAN_ID -> span.spanId();
            case PARENT_SPAN_ID -> span.parentSpanId();
            case NAME -> span.name();
            case RELEASE_TARGET_KEY -> span.releaseTargetKey();
            case RELEASE_ID -> span.releaseId();
            case JOB_ID -> span.jobId();
            case PARENT_TRACE_ID -> span.parentTraceId();
            case PHASE -> span.phase();
            case NODE_TYPE -> span.nodeType();
            case STATUS -> span.status();
            case DEPTH -> span.depth();
            case SEQUENCE -> span.sequence();
        };
    }
}
