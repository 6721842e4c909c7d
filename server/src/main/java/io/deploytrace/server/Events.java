package io.deploytrace.server;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.concurrent.Executor;

/** All that tells clients of changes, put together. */
final class Events implements AutoCloseable {

    private final EventHub hub;
    private final EventService service;

    Events(
            DeploytraceServerBuilder settings,
            MeterRegistry registry,
            Authentication authentication,
            Executor executor,
            FailureLog failures) {
        var changes = Objects.requireNonNull(settings.changes);
        var limits = settings.limits;
        var meters = new EventMeters(registry);
        hub = new EventHub(
                changes, settings.eventLimits.eventsInterval(), limits.readTimeout(), settings.eventRecheck, meters);
        service = new EventService(
                changes,
                hub,
                authentication,
                new WorkspaceAccess(Objects.requireNonNull(settings.workspaces)),
                new EventStream.Patience(
                        settings.eventHeartbeat, limits.idleTimeout(), settings.eventLimits.eventBufferBytes()),
                meters,
                executor,
                failures);
    }

    /** What answers requests. */
    EventService service() {
        return service;
    }

    /** Ends all streams, and begins no others. */
    @Override
    public void close() {
        hub.close();
    }
}
