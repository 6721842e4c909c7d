package io.deploytrace.server;

import io.deploytrace.server.ingest.IngestListener;
import io.deploytrace.server.ingest.RejectionReason;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what becomes of the spans that are sent. */
final class SpanMeters implements IngestListener {

    private final MeterRegistry registry;

    /** All of them are there from the start: the rate of a counter that appears with its first count misses that. */
    SpanMeters(MeterRegistry registry) {
        this.registry = registry;
        received(0);
        stored(0);
        duplicates(0);
        failed(0);
        for (var reason : RejectionReason.values()) {
            rejected(reason, 0);
        }
    }

    @Override
    public void received(int spans) {
        registry.counter("spans.received").increment(spans);
    }

    @Override
    public void stored(int spans) {
        registry.counter("spans.stored").increment(spans);
    }

    @Override
    public void duplicates(int spans) {
        registry.counter("spans.duplicates").increment(spans);
    }

    @Override
    public void rejected(RejectionReason reason, int spans) {
        registry.counter("spans.rejected", "reason", reason.label()).increment(spans);
    }

    @Override
    public void failed(int spans) {
        registry.counter("spans.failed").increment(spans);
    }
}
