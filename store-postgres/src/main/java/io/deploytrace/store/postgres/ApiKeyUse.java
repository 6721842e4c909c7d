package io.deploytrace.store.postgres;

import io.deploytrace.store.ApiKey;
import io.deploytrace.store.Deadline;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Notes when keys were last used, at most once a minute. Whatever comes in between, it neither fails the request that used the
 * key nor, once the data source has lent a connection, holds it up for longer than {@link #PATIENCE}. Safe for use by several threads.
 */
final class ApiKeyUse {

    private static final System.Logger LOG = System.getLogger("io.deploytrace.store");

    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Database database;

    /** When this process last tried, so that a database that can't be written is asked no more often than another. */
    private final Map<UUID, Instant> attempts = new ConcurrentHashMap<>();

    ApiKeyUse(Database database) {
        this.database = database;
    }

    void note(ApiKey key, Instant now, Deadline deadline) {
        var lastUsedAt = key.lastUsedAt();
        if (!isDue(lastUsedAt, now) || !claim(key.id(), now)) {
            return;
        }
        try {
            database.call(
                    "The use was not noted.",
                    atMost(PATIENCE, deadline),
                    ApiKeyQueries.noteUse(key.id(), now.minus(PERIOD), now)::list);
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.WARNING,
                    "When the key " + key.prefix() + " was last used could not be noted: " + failure.getMessage());
        }
    }

    private static boolean isDue(@Nullable Instant last, Instant now) {
        return last == null || !now.isBefore(last.plus(PERIOD));
    }

    /** Whether it is this thread's to try. */
    private boolean claim(UUID id, Instant now) {
        var last = attempts.get(id);
        if (last == null) {
            return attempts.putIfAbsent(id, now) == null;
        }
        return isDue(last, now) && attempts.replace(id, last, now);
    }

    private static Deadline atMost(Duration duration, Deadline deadline) {
        return deadline.remaining().compareTo(duration) < 0 ? deadline : Deadline.after(duration);
    }
}
