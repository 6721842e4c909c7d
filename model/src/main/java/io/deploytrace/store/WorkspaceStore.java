package io.deploytrace.store;

import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;

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
