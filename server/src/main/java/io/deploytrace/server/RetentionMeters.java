package io.deploytrace.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what {@link Retention} removes. */
final class RetentionMeters {

    private final Counter traces;
    private final Counter spans;

    RetentionMeters(MeterRegistry registry) {
        traces = registry.counter("retention.removed.traces");
        spans = registry.counter("retention.removed.spans");
    }

    void removed(long newTraces, long newSpans) {
        traces.increment((double) newTraces);
        spans.increment((double) newSpans);
    }
}
