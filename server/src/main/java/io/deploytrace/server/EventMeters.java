package io.deploytrace.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/** Counts what happens on streams of events. Safe for use by several threads. */
final class EventMeters {

    private final MeterRegistry registry;
    private final Counter sent;
    private final Counter resets;
    private final Counter cutOff;
    private final Timer polls;

    EventMeters(MeterRegistry registry) {
        this.registry = registry;
        sent = registry.counter("events.sent");
        resets = registry.counter("events.resets");
        cutOff = registry.counter("events.cut.off");
        polls = registry.timer("events.polls");
    }

    /** Tells how many streams there are, and how many bytes wait for their clients. */
    void watch(Supplier<Number> streams, Supplier<Number> bytes) {
        Gauge.builder("events.waiting.bytes", bytes).strongReference(true).register(registry);
        Gauge.builder("events.subscribers", streams).strongReference(true).register(registry);
    }

    /** So many changes were given to a stream. */
    void sent(int changes) {
        sent.increment(changes);
    }

    /** A client was told to load anew. */
    void reset() {
        resets.increment();
    }

    /** A client that didn't read was cut off. */
    void cutOff() {
        cutOff.increment();
    }

    /** Takes the time of asking the store what changed. */
    void poll(Runnable poll) {
        polls.record(poll);
    }
}
