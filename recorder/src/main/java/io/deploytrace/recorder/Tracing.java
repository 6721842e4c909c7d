package io.deploytrace.recorder;

import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.jspecify.annotations.Nullable;

/**
 * The OpenTelemetry set-up that all recorders of this process share: every span is sampled and nothing is dropped.
 * It has no thread or timer, and doesn't know the recorders: each holds its own spans, so that an abandoned one is
 * collected with them, and hands them to the processors it was given.
 */
final class Tracing {

    /** The SDK allocates room for as many as soon as there is one; the recorder itself makes at most two. */
    private static final int MOST_LINKS = 16;

    private static final ThreadLocal<Starting> STARTING = ThreadLocal.withInitial(Starting::new);

    private static final Tracer TRACER = SdkTracerProvider.builder()
            .setSampler(Sampler.alwaysOn())
            .setSpanLimits(unlimited())
            .setIdGenerator(new Generator())
            .addSpanProcessor(new Silent())
            .setResource(EnvironmentResource.of(System.getenv()))
            .build()
            .get("io.deploytrace.recorder");

    private Tracing() {}

    static SpanBuilder spanBuilder(String name) {
        return TRACER.spanBuilder(name);
    }

    /** Starts the span with the next id of the trace, and as a root with the trace's id. */
    static ReadWriteSpan start(SpanBuilder builder, TraceIdentifiers identifiers) {
        var starting = STARTING.get();
        starting.identifiers = identifiers;
        try {
            return (ReadWriteSpan) builder.startSpan();
        } finally {
            starting.identifiers = null;
        }
    }

    private static SpanLimits unlimited() {
        return SpanLimits.builder()
                .setMaxNumberOfAttributes(Integer.MAX_VALUE)
                .setMaxNumberOfAttributesPerEvent(Integer.MAX_VALUE)
                .setMaxNumberOfAttributesPerLink(Integer.MAX_VALUE)
                .setMaxNumberOfEvents(Integer.MAX_VALUE)
                .setMaxNumberOfLinks(MOST_LINKS)
                .setMaxAttributeValueLength(Integer.MAX_VALUE)
                .build();
    }

    /** The ids of the trace in which this thread is about to start a span. */
    private static final class Starting {

        private @Nullable TraceIdentifiers identifiers;
    }

    /** Does nothing. Without any processor the SDK makes no spans. */
    private static final class Silent implements SpanProcessor {

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {}

        @Override
        public boolean isEndRequired() {
            return false;
        }
    }

    /** The SDK asks for ids on the thread that starts the span and without saying for which trace. */
    private static final class Generator implements IdGenerator {

        @Override
        public String generateSpanId() {
            return current().nextSpanId();
        }

        @Override
        public String generateTraceId() {
            return current().traceId();
        }

        @Override
        public boolean generatesRandomTraceIds() {
            return true;
        }

        private static TraceIdentifiers current() {
            var identifiers = STARTING.get().identifiers;
            if (identifiers == null) {
                throw new IllegalStateException("A span was started outside of a recorder");
            }
            return identifiers;
        }
    }
}
