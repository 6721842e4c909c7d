package io.deploytrace.benchmarks;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;

/**
 * The baseline: spans of a bare OpenTelemetry SDK, with its own ids, clock and limits, and keys that were made once.
 * Every span is sampled, and the processor does nothing with it: an exporter would only make the baseline slower.
 */
final class BareSdk {

    static final String WORKSPACE = "7f6b1f0e-0d3c-4c1e-9a55-0f6f2a3d9b10";
    static final String TARGET = "api-service-production";

    private static final AttributeKey<String> WORKSPACE_ID = AttributeKey.stringKey("ctrlplane.workspace_id");
    private static final AttributeKey<String> TARGET_KEY = AttributeKey.stringKey("ctrlplane.release_target_key");
    private static final AttributeKey<String> PHASE = AttributeKey.stringKey("ctrlplane.phase");
    private static final AttributeKey<String> NODE_TYPE = AttributeKey.stringKey("ctrlplane.node_type");
    private static final AttributeKey<String> STATUS = AttributeKey.stringKey("ctrlplane.status");
    private static final AttributeKey<Long> DEPTH = AttributeKey.longKey("ctrlplane.depth");
    private static final AttributeKey<Long> SEQUENCE = AttributeKey.longKey("ctrlplane.sequence");

    private static final Tracer TRACER = SdkTracerProvider.builder()
            .setSampler(Sampler.alwaysOn())
            .addSpanProcessor(new Ignoring())
            .build()
            .get("io.deploytrace.benchmarks");

    private BareSdk() {}

    static Span root() {
        return start(TRACER.spanBuilder("Reconciliation").setNoParent(), "reconciliation", "phase", 0, 0);
    }

    static Span child(Context parent, String name, String phase, String nodeType, int depth, int sequence) {
        return start(TRACER.spanBuilder(name).setParent(parent), phase, nodeType, depth, sequence);
    }

    /** Sets what a recorder sets by itself. */
    private static Span start(SpanBuilder builder, String phase, String nodeType, int depth, int sequence) {
        return builder.setAttribute(WORKSPACE_ID, WORKSPACE)
                .setAttribute(TARGET_KEY, TARGET)
                .setAttribute(PHASE, phase)
                .setAttribute(NODE_TYPE, nodeType)
                .setAttribute(STATUS, "running")
                .setAttribute(DEPTH, (long) depth)
                .setAttribute(SEQUENCE, (long) sequence)
                .startSpan();
    }

    static void end(Span span, String status) {
        span.setAttribute(STATUS, status);
        span.end();
    }

    /** Without any processor the SDK makes no spans. */
    private static final class Ignoring implements SpanProcessor {

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
}
