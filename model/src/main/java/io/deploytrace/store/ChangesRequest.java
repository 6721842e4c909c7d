package io.deploytrace.store;

import java.util.Objects;
import java.util.UUID;

/**
 * Asks for the changes of one workspace.
 *
 * @param workspaceId the workspace; not null
 * @param position the position since when, as {@link TraceChanges#now} or {@link ChangedTraces#position()} gave it; not null
 */
public record ChangesRequest(UUID workspaceId, String position) {

    /** Checks that nothing is null. */
    public ChangesRequest {
        Objects.requireNonNull(workspaceId, "workspaceId");
        Objects.requireNonNull(position, "position");
    }
}
