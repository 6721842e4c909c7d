package io.deploytrace.cli;

import io.deploytrace.store.ApiKey;
import io.deploytrace.store.ApiKeyStore;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keys with settled prefixes, for output that is compared as a whole. */
final class SettledKeys implements ApiKeyStore {

    private List<ApiKey> held = List.of();

    void hold(ApiKey... keys) {
        held = List.of(keys);
    }

    @Override
    public List<ApiKey> list(@Nullable UUID workspaceId, Deadline deadline) {
        return held.stream()
                .filter(key -> workspaceId == null || workspaceId.equals(key.workspaceId()))
                .toList();
    }

    @Override
    public Issued create(
            Role role,
            @Nullable UUID workspaceId,
            @Nullable String label,
            @Nullable Instant expiresAt,
            Deadline deadline) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ApiKey> authenticate(String key, Deadline deadline) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ApiKey> revoke(String prefix, Deadline deadline) {
        throw new UnsupportedOperationException();
    }
}
