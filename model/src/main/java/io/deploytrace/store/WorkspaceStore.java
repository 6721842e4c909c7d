package io.deploytrace.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Creates, lists and deletes workspaces (tenants). Implementations are safe for use by several threads. */
public interface WorkspaceStore {

    /**
     * Creates a workspace.
     *
     * @param name 1 to 100 characters without control characters, unique in the store
     * @throws IllegalArgumentException if the name is empty, too long or taken
     * @throws SpanStoreException if the store can't be reached, or its workspaces belong to another application
     *     ({@link SpanStoreException.Reason#NOT_READY}) and must be created there
     */
    Workspace create(String name, Deadline deadline);

    /** All workspaces, by name, those without a name last. */
    List<Workspace> list(Deadline deadline);

    /**
     * The workspace of an id; empty if there is none.
     *
     * @throws SpanStoreException if the store can't be reached, or the deadline passes
     */
    Optional<Workspace> find(UUID workspaceId, Deadline deadline);

    /**
     * Sets for how long the traces of a workspace are kept. Nothing is removed by this call: that is done by whoever cleans up, with
     * {@link TraceMaintenance#prune}. Works also where the workspaces belong to another application.
     *
     * @param retention from one second to 36,500 days, to the microsecond, counted from when a trace was first written; null to
     *     keep traces for ever, as is the case for a new workspace
     * @throws IllegalArgumentException if there is no such workspace, or the time isn't allowed
     * @throws SpanStoreException if the store can't be reached, or the deadline passes
     */
    void retain(UUID workspaceId, @Nullable Duration retention, Deadline deadline);

    /**
     * Deletes a workspace and all that it holds: its keys first, so that nobody writes with them meanwhile, its traces in bounded
     * batches, then the workspace itself. May be repeated after it was interrupted.
     *
     * @param progress is told the number of spans deleted so far
     * @return the number of spans deleted
     * @throws IllegalArgumentException if there is no such workspace
     * @throws SpanStoreException if the store can't be reached, the deadline passes, or the workspaces belong to another
     *     application ({@link SpanStoreException.Reason#NOT_READY}), which must delete them itself
     */
    long delete(UUID workspaceId, LongConsumer progress, Deadline deadline);
}
