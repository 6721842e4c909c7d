package io.deploytrace.testkit;

import io.deploytrace.store.InMemorySpanStore;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.TraceMaintenance;
import java.util.UUID;

final class StoreInMemory implements StoreUnderTest {

    private final InMemorySpanStore store =
            new InMemorySpanStore(new SettableClock(Fixtures.START), InMemorySpanStore.DEFAULT_MAXIMUM_SPANS);

    @Override
    public SpanWriter writer() {
        return store;
    }

    @Override
    public SpanReader reader() {
        return store;
    }

    @Override
    public TraceMaintenance maintenance() {
        return store;
    }

    @Override
    public UUID newWorkspace() {
        var workspaceId = UUID.randomUUID();
        store.addWorkspace(workspaceId);
        return workspaceId;
    }
}
