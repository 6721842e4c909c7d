package io.deploytrace.server;

import io.deploytrace.store.ApiKey;
import io.deploytrace.store.ApiKeyStore;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keys that tell how they were looked up, and let something happen between a look-up's result and its return. */
final class LookedUpKeys implements ApiKeyStore {

    final List<Set<String>> asked = new ArrayList<>();
    final List<Deadline> deadlines = new ArrayList<>();
    int mostAtOnce;

    /** Happens once. */
    Runnable afterLooking = () -> {};

    private final MemoryApiKeys keys = new MemoryApiKeys();
    private int atOnce;

    @Override
    public Map<String, ApiKey> authenticateAll(Set<String> texts, Deadline deadline) {
        asked.add(texts);
        deadlines.add(deadline);
        var found = ApiKeyStore.super.authenticateAll(texts, deadline);
        var once = afterLooking;
        afterLooking = () -> {};
        mostAtOnce = Math.max(mostAtOnce, ++atOnce);
        try {
            once.run();
        } finally {
            atOnce--;
        }
        return found;
    }

    @Override
    public Optional<ApiKey> authenticate(String key, Deadline deadline) {
        return keys.authenticate(key, deadline);
    }

    @Override
    public Issued create(Role role, UUID workspaceId, String label, Instant expiresAt, Deadline deadline) {
        return keys.create(role, workspaceId, label, expiresAt, deadline);
    }

    @Override
    public List<ApiKey> list(UUID workspaceId, Deadline deadline) {
        return keys.list(workspaceId, deadline);
    }

    @Override
    public Optional<ApiKey> revoke(String prefix, Deadline deadline) {
        return keys.revoke(prefix, deadline);
    }
}
