package io.deploytrace.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;

/** Tells how a {@link SharedWork} goes on, on this server. */
final class SharedWorkMeters {

    private final Counter failures;
    private volatile boolean running;
    private volatile long lastSuccess;

    /**
     * Meters.
     *
     * @param name how their names begin
     */
    SharedWorkMeters(MeterRegistry registry, String name) {
        failures = registry.counter(name + ".failures");
        Gauge.builder(name + ".running", this, meters -> meters.running ? 1 : 0)
                .strongReference(true)
                .register(registry);
        Gauge.builder(name + ".last.success.timestamp.seconds", this, meters -> (double) meters.lastSuccess)
                .strongReference(true)
                .register(registry);
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
