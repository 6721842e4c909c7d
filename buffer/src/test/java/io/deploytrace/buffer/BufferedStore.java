package io.deploytrace.buffer;

import io.deploytrace.store.SpanReader;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.TraceMaintenance;
import io.deploytrace.testkit.StoreUnderTest;
import java.util.UUID;
import java.util.function.Supplier;

/** A store under test with a buffer in front of its writer. */
record BufferedStore(
        BufferedSpanWriter writer, SpanReader reader, TraceMaintenance maintenance, Supplier<UUID> workspaces)
        implements StoreUnderTest {

    static BufferedStore of(
            SpanWriter writer, SpanReader reader, TraceMaintenance maintenance, Supplier<UUID> workspaces) {
        return new BufferedStore(BufferedSpanWriter.builder(writer).build(), reader, maintenance, workspaces);
    }

    @Override
    public UUID newWorkspace() {
        return workspaces.get();
    }

    @Override
    public void close() {
        writer.close();
    }
}
