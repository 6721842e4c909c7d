package io.deploytrace.server;

import io.deploytrace.store.ApiKey;
import io.deploytrace.store.ApiKeyStore;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keys of which nothing can be found out. */
record BrokenKeys(RuntimeException failure) implements ApiKeyStore {

    @Override
    public Issued create(Role role, UUID workspaceId, String label, Instant expiresAt, Deadline deadline) {
        throw failure;
    }

    @Override
    public Optional<ApiKey> authenticate(String key, Deadline deadline) {
        throw failure;
    }

    @Override
    public List<ApiKey> list(UUID workspaceId, Deadline deadline) {
        throw failure;
    }

    @Override
    public Optional<ApiKey> revoke(String prefix, Deadline deadline) {
        throw failure;
    }
}
