package io.deploytrace.testkit;

import io.deploytrace.store.SpanReader;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.TimeRange;
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

    /**
     * The times that {@link #writer()} takes; all by default, as a store does. A writer may have a range of its own only where
     * what it speaks to the store has no words for others, and then refuses those.
     */
    default TimeRange times() {
        return TimeRange.ALL;
    }

    /** Makes a workspace that is empty. */
    UUID newWorkspace();

    /** Ends the use of it; does nothing by default. */
    @Override
    default void close() {}
}
