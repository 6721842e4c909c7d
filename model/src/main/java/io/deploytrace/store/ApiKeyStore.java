package io.deploytrace.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Creates, finds, lists and revokes the keys of the server. Of a key it keeps a hash alone. Implementations are safe for use
 * by several threads.
 */
public interface ApiKeyStore {

    /**
     * Creates a key.
     *
     * @param workspaceId the only workspace it is to be good for; null for all
     * @param label a note of 1 to 100 characters, not all blank, without control characters; null for none
     * @param expiresAt from when on it is to be refused, in the future and before the year 10000; null for never
     * @throws IllegalArgumentException if the label or the expiry isn't as said
     * @throws SpanStoreException if the store can't be reached, or the workspace doesn't exist
     *     ({@link SpanStoreException.Reason#UNKNOWN_WORKSPACE})
     */
    Issued create(
            Role role,
            @Nullable UUID workspaceId,
            @Nullable String label,
            @Nullable Instant expiresAt,
            Deadline deadline);

    /**
     * The key that the text is, if it may be used now: it exists, isn't revoked and hasn't expired. Notes that it was used, at most
     * once a minute; where that can't be noted, the key is found all the same. The text may be anything. A key that was revoked, by whatever program, isn't found by the next call.
     *
     * @throws SpanStoreException if the store can't be reached
     */
    Optional<ApiKey> authenticate(String key, Deadline deadline);

    /**
     * As {@link #authenticate} for each of the texts; a store may look all of them up at once. A key that was revoked before the call isn't
     * found.
     *
     * @return the keys that may be used now, by their texts; others are left out
     * @throws SpanStoreException if the store can't be reached; then nothing is known of any of them
     */
    default Map<String, ApiKey> authenticateAll(Set<String> keys, Deadline deadline) {
        var found = new HashMap<String, ApiKey>();
        for (var key : keys) {
            authenticate(key, deadline).ifPresent(known -> found.put(key, known));
        }
        return found;
    }

    /**
     * The keys that are good for the workspace alone, or with null all keys, those for all workspaces too; oldest first, revoked and
     * expired ones included.
     *
     * @throws SpanStoreException if the store can't be reached
     */
    List<ApiKey> list(@Nullable UUID workspaceId, Deadline deadline);

    /**
     * Revokes a key for good; again does nothing.
     *
     * @param prefix its {@link ApiKey#prefix()}; may be anything
     * @return the key; empty if none has the prefix
     * @throws SpanStoreException if the store can't be reached
     */
    Optional<ApiKey> revoke(String prefix, Deadline deadline);

    /**
     * A key that was just created.
     *
     * @param secret the key itself, which can't be read again; not null
     * @param key what the store keeps; not null
     */
    record Issued(String secret, ApiKey key) {

        /** Checks that nothing is null. */
        public Issued {
            Objects.requireNonNull(secret, "secret");
            Objects.requireNonNull(key, "key");
        }

        /** Without the secret, so that it gets into no log. */
        @Override
        public String toString() {
            return "Issued[" + key + "]";
        }
    }
}
