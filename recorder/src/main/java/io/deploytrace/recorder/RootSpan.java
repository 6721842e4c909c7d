package io.deploytrace.recorder;

import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.SpanNames;
import io.deploytrace.vocabulary.Status;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;

/** Starts the root of a trace, linked to what it came from. */
final class RootSpan {

    private RootSpan() {}

    static RecordedSpan start(Recording recording) {
        var trigger = recording.settings().trigger();
        var name = SpanNames.reconciliation(trigger);
        var attributes = trigger == null ? Attributes.empty() : Attributes.of(Keys.TRIGGER, trigger);
        var start = SpanStart.running(name, Phase.RECONCILIATION, NodeType.PHASE, Status.FAILED)
                .with(attributes);
        var builder = Tracing.spanBuilder(name);
        link(builder, recording);
        return recording.startRoot(start, builder);
    }

    /** To the span that is current in the application, and to the job under which the trace is recorded. */
    private static void link(SpanBuilder builder, Recording recording) {
        var current = Span.current().getSpanContext();
        if (current.isValid()) {
            builder.addLink(current);
        }
        var parent = recording.settings().parent();
        if (parent != null) {
            builder.addLink(SpanContext.createFromRemoteParent(
                    parent.traceId(), parent.parentSpanId(), TraceFlags.getSampled(), TraceState.getDefault()));
        }
    }
}
