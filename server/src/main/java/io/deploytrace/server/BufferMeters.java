package io.deploytrace.server;

import io.deploytrace.buffer.BufferListener;
import io.deploytrace.buffer.BufferMetrics;
import io.deploytrace.store.SpanStoreException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Counts what the buffer does. Spans are counted by {@link SpanMeters}, once. */
final class BufferMeters implements BufferListener {

    private final MeterRegistry registry;
    private volatile boolean circuitOpen;

    BufferMeters(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("buffer.circuit.open", this, meters -> meters.circuitOpen ? 1 : 0)
                .strongReference(true)
                .register(registry);
    }

    /** Tells what the buffer holds. */
    void watch(Supplier<BufferMetrics> buffer) {
        gauge("buffer.queue.bytes", buffer, BufferMetrics::queueBytes);
        gauge("buffer.queue.spans", buffer, BufferMetrics::held);
    }

    private void gauge(String name, Supplier<BufferMetrics> buffer, ToDoubleFunction<BufferMetrics> value) {
        Gauge.builder(name, buffer, source -> value.applyAsDouble(source.get()))
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void committed(Duration latency, int calls, int spans) {
        registry.timer("buffer.commits").record(latency);
        registry.counter("buffer.committed.spans").increment(spans);
    }

    @Override
    public void retried(int spans, SpanStoreException failure) {
        registry.counter("buffer.retried.spans").increment(spans);
    }

    @Override
    public void circuit(boolean open) {
        circuitOpen = open;
    }
}
