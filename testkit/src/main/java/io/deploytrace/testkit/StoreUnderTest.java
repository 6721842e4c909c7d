package io.deploytrace.testkit;

import io.deploytrace.store.SpanReader;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.TraceMaintenance;
import java.util.UUID;

/** A store that a contract is held against. May hold other tests' workspaces: a contract looks at its own alone. */
public interface StoreUnderTest extends AutoCloseable {

    /** Writes to the store. */
    SpanWriter writer();

    /** Reads what {@link #writer()} wrote. */
    SpanReader reader();

    /** Maintains what {@link #writer()} wrote. */
    TraceMaintenance maintenance();

    /** Makes a workspace that is empty. */
    UUID newWorkspace();

    /** Ends the use of it; does nothing by default. */
    @Override
    default void close() {}
}
