package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A span of the OpenTelemetry SDK, which is what the application's span processors are told of. */
final class OtelSpan implements SpanContent {

    private final ReadWriteSpan span;
    private final Context context;

    private OtelSpan(ReadWriteSpan span) {
        this.span = span;
        this.context = Context.root().with(span);
    }

    /** Starts a span of the recording now; as its root, if there is no parent. */
    static OtelSpan start(@Nullable SpanContent parent, String name, Recording recording) {
        var builder = Tracing.spanBuilder(name)
                .setParent(context(parent))
                .setStartTimestamp(recording.now(), TimeUnit.NANOSECONDS);
        if (parent == null) {
            link(builder, recording.settings().parent());
        }
        return new OtelSpan(Tracing.start(builder, recording.identifiers()));
    }

    /** Links a root to the span that is current in the application, and to the job under which the trace is recorded. */
    private static void link(SpanBuilder builder, @Nullable JobReference job) {
        var current = io.opentelemetry.api.trace.Span.current().getSpanContext();
        if (current.isValid()) {
            builder.addLink(current);
        }
        if (job != null) {
            builder.addLink(SpanContext.createFromRemoteParent(
                    job.traceId(), job.parentSpanId(), TraceFlags.getSampled(), TraceState.getDefault()));
        }
    }

    /** The context under which the children of the parent start. */
    static Context context(@Nullable SpanContent parent) {
        return parent instanceof OtelSpan otel ? otel.context : Context.root();
    }

    ReadWriteSpan span() {
        return span;
    }

    @Override
    public String spanId() {
        return span.getSpanContext().getSpanId();
    }

    @Override
    public void set(String key, Object value) {
        if (value instanceof String text) {
            span.setAttribute(AttributeKey.stringKey(key), text);
        } else if (value instanceof Long number) {
            span.setAttribute(AttributeKey.longKey(key), number);
        } else {
            span.setAllAttributes(OtelAttributes.of(Attributes.of(key, value)));
        }
    }

    @Override
    public void addEvent(String name, Attributes attributes, long epochNanos) {
        span.addEvent(name, OtelAttributes.of(attributes), epochNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void end(long epochNanos) {
        span.end(epochNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void fail(@Nullable String why) {
        span.setStatus(StatusCode.ERROR, why == null ? "" : why);
    }

    @Override
    public Supplier<Span> snapshot() {
        var data = span.toSpanData();
        return () -> SpanConversion.convert(data);
    }
}
