package io.deploytrace.testkit;

import io.deploytrace.store.ApiKeyStore;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** What the parts of the contract for stores of keys share. Each test begins with a store that holds no key. */
abstract class ApiKeyStoreContract {

    static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");

    final SettableClock clock = new SettableClock(NOW);
    ApiKeyStore keys;
    UUID workspace;

    /** Opens a store without keys, by the clock. */
    protected abstract ApiKeyStore open(InstantSource clock);

    /** Makes a workspace. */
    protected abstract UUID newWorkspace();

    @BeforeEach
    void openKeys() {
        keys = open(clock);
        workspace = newWorkspace();
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    ApiKeyStore.Issued create(Role role, @Nullable UUID workspaceId) {
        return keys.create(role, workspaceId, null, null, soon());
    }

    boolean isGood(String key) {
        return keys.authenticate(key, soon()).isPresent();
    }

    /** When the first of all keys was last used. */
    @Nullable Instant lastUse() {
        return keys.list(null, soon()).get(0).lastUsedAt();
    }
}
