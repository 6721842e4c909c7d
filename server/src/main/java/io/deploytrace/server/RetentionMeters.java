package io.deploytrace.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;

/** Tells what {@link Retention} does. */
final class RetentionMeters {

    private final Counter traces;
    private final Counter spans;
    private final Counter failures;
    private volatile boolean running;
    private volatile long lastSuccess;

    RetentionMeters(MeterRegistry registry) {
        traces = registry.counter("retention.removed.traces");
        spans = registry.counter("retention.removed.spans");
        failures = registry.counter("retention.failures");
        Gauge.builder("retention.running", this, meters -> meters.running ? 1 : 0)
                .strongReference(true)
                .register(registry);
        Gauge.builder("retention.last.success.timestamp.seconds", this, meters -> (double) meters.lastSuccess)
                .strongReference(true)
                .register(registry);
    }

    void removed(long newTraces, long newSpans) {
        traces.increment((double) newTraces);
        spans.increment((double) newSpans);
    }

    void running(boolean now) {
        running = now;
    }

    void succeeded() {
        lastSuccess = Instant.now().getEpochSecond();
    }

    void failed() {
        failures.increment();
    }
}
