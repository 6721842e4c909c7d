package io.deploytrace.server;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.InMemorySpanStore;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;

/** Stores nothing until it may. */
final class SlowStore implements SpanWriter {

    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch may = new CountDownLatch(1);
    private final InMemorySpanStore store = new InMemorySpanStore();

    SlowStore() {
        store.addWorkspace(TestServer.WORKSPACE);
    }

    @Override
    public WriteResult write(Collection<Span> spans, Deadline deadline) {
        begun.countDown();
        try {
            may.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return store.write(spans, deadline);
    }
}
