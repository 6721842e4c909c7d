package io.deploytrace.recorder;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.List;

/** Tells the application's span processors what starts and ends; what they throw stays here. */
final class Processors {

    private final List<SpanProcessor> processors;
    private final Misuse misuse;

    Processors(List<SpanProcessor> processors, Misuse misuse) {
        this.processors = processors;
        this.misuse = misuse;
    }

    boolean areNone() {
        return processors.isEmpty();
    }

    void started(Context parent, ReadWriteSpan span) {
        for (var processor : processors) {
            if (processor.isStartRequired()) {
                shielded(() -> processor.onStart(parent, span));
            }
        }
    }

    void ended(ReadWriteSpan span) {
        for (var processor : processors) {
            if (processor.isEndRequired()) {
                shielded(() -> processor.onEnd(span));
            }
        }
    }

    private void shielded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            misuse.report("A span processor failed.", e);
        }
    }
}
