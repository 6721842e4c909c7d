package io.deploytrace.buffer;

import io.deploytrace.store.InMemorySpanStore;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.SettableClock;
import io.deploytrace.testkit.StoreUnderTest;
import java.util.UUID;

/** A buffer in front of the store in memory passes the whole contract. */
class BufferedInMemoryStoreTest extends BufferedStoreContract {

    @Override
    StoreUnderTest buffered() {
        var clock = new SettableClock(Fixtures.START);
        var store = new InMemorySpanStore(clock, InMemorySpanStore.DEFAULT_MAXIMUM_SPANS);
        return BufferedStore.of(store, store, store, () -> {
            var workspaceId = UUID.randomUUID();
            store.addWorkspace(workspaceId);
            return workspaceId;
        });
    }
}
