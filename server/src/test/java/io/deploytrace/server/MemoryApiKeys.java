package io.deploytrace.server;

import io.deploytrace.store.ApiKey;
import io.deploytrace.store.ApiKeyStore;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Keys in memory. */
final class MemoryApiKeys implements ApiKeyStore {

    private final Map<String, ApiKey> keys = new LinkedHashMap<>();

    @Override
    public synchronized Issued create(Role role, UUID workspaceId, String label, Instant expiresAt, Deadline deadline) {
        var prefix = "dt_%08d".formatted(keys.size());
        var secret = prefix + "_" + "A".repeat(43);
        var key = new ApiKey(UUID.randomUUID(), prefix, role, workspaceId, label, Instant.now(), expiresAt, null, null);
        keys.put(secret, key);
        return new Issued(secret, key);
    }

    @Override
    public synchronized Optional<ApiKey> authenticate(String key, Deadline deadline) {
        return Optional.ofNullable(keys.get(key))
                .filter(found -> found.revokedAt() == null)
                .filter(found -> found.expiresAt() == null || found.expiresAt().isAfter(Instant.now()));
    }

    @Override
    public synchronized List<ApiKey> list(UUID workspaceId, Deadline deadline) {
        return keys.values().stream()
                .filter(key -> workspaceId == null || key.isFor(workspaceId))
                .toList();
    }

    @Override
    public synchronized Optional<ApiKey> revoke(String prefix, Deadline deadline) {
        keys.replaceAll((secret, key) -> key.prefix().equals(prefix) ? revoked(key) : key);
        return keys.values().stream().filter(key -> key.prefix().equals(prefix)).findFirst();
    }

    private static ApiKey revoked(ApiKey key) {
        return new ApiKey(
                key.id(),
                key.prefix(),
                key.role(),
                key.workspaceId(),
                key.label(),
                key.createdAt(),
                key.expiresAt(),
                key.lastUsedAt(),
                Instant.now());
    }
}
