package io.deploytrace.opa;

import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.span.Masking;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.vocabulary.Status;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The evaluation that a decision was recorded as, which every store would take. */
record RecordedDecision(Span span) {

    static final String WORKSPACE = "7f6b1f0e-0d3c-4c1e-9a55-0f6f2a3d9b10";
    static final String TARGET = "checkout-production";
    static final Instant NOW = Instant.parse("2026-11-22T09:30:00Z");

    static RecordedDecision of(OpaRecorder recorder, OpaDecision decision) {
        return of(recorder, decision, Masking.standard());
    }

    static RecordedDecision of(OpaRecorder recorder, OpaDecision decision, Masking masking) {
        var target = ReconcileTarget.builder(WORKSPACE, TARGET)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .masking(masking)
                .start();
        recorder.record(target.startPlanning(), decision);
        target.complete(Status.COMPLETED);
        return new RecordedDecision(SpanBatch.of(target.spans()).spans().stream()
                .filter(span -> "evaluation".equals(span.attributes().getString("ctrlplane.node_type")))
                .findFirst()
                .orElseThrow());
    }

    @Nullable String status() {
        return span.status();
    }

    @Nullable Object attribute(String key) {
        return span.attributes().get(key);
    }

    @Nullable String message() {
        return span.attributes().getString("ctrlplane.message");
    }

    List<String> events() {
        return span.events().stream().map(SpanEvent::name).toList();
    }

    /** What the only event of the name holds. */
    Map<String, Object> event(String name) {
        var found = span.events().stream()
                .filter(event -> event.name().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("Expected one event '%s' in %s".formatted(name, span.events()));
        }
        return found.get(0).attributes().asMap();
    }
}
