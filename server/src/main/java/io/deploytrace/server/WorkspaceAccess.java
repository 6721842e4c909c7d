package io.deploytrace.server;

import io.deploytrace.server.api.ProblemException;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Workspace;
import io.deploytrace.store.WorkspaceStore;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Which workspaces may be read by whom. One that isn't there and one that may not be read look the same. */
final class WorkspaceAccess {

    private final WorkspaceStore workspaces;

    WorkspaceAccess(WorkspaceStore workspaces) {
        this.workspaces = workspaces;
    }

    /**
     * The workspace of an id as it was sent.
     *
     * @throws ProblemException if it isn't there, or may not be read
     */
    UUID require(Principal principal, String id, Deadline deadline) {
        if (principal instanceof Principal.Holder holder && isUuid(id)) {
            var wanted = UUID.fromString(id);
            if (holder.workspaceId() == null
                    ? workspaces.find(wanted, deadline).isPresent()
                    : wanted.equals(holder.workspaceId())) {
                return wanted;
            }
        }
        throw ProblemException.workspaceNotFound();
    }

    private static boolean isUuid(String id) {
        try {
            return UUID.fromString(id).toString().equals(id.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Those that may be read, by name. */
    List<Workspace> readable(Principal principal, Deadline deadline) {
        if (!(principal instanceof Principal.Holder holder)) {
            return List.of();
        }
        return holder.workspaceId() == null
                ? workspaces.list(deadline)
                : workspaces.find(holder.workspaceId(), deadline).stream().toList();
    }
}
