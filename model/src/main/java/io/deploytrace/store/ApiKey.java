package io.deploytrace.store;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key of the server, as far as a store knows it: the key itself is told once, to whom it was created for.
 *
 * @param id its id; not null
 * @param prefix the beginning of the key, which is no secret and by which people name it; not null, unique
 * @param role what its holder may do; not null
 * @param workspaceId the only workspace it is good for; null if it is good for all
 * @param label what its creator noted, such as who holds it; null if nothing
 * @param createdAt when it was created; not null
 * @param expiresAt from when on it is refused; null if never
 * @param lastUsedAt when it was last used, to within a minute; null if never
 * @param revokedAt since when it is refused; null if it isn't revoked
 */
public record ApiKey(
        UUID id,
        String prefix,
        Role role,
        @Nullable UUID workspaceId,
        @Nullable String label,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    /** Checks that what must be there is. */
    public ApiKey {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(createdAt, "createdAt");
    }

    /** Whether it is good for the workspace. */
    public boolean isFor(UUID workspace) {
        return workspaceId == null || workspaceId.equals(workspace);
    }
}
