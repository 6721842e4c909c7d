package io.deploytrace.store.postgres;

import io.deploytrace.store.ApiKey;
import io.deploytrace.store.ApiKeyStore;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the server in PostgreSQL. The schema must be there ({@link PostgresSchema}).
 *
 * <p>A key is {@code dt_}, 8 characters, {@code _} and 32 random bytes in base64url. The table holds its SHA-256; the key itself never
 * reaches the database. Each authentication is one query, so that what was revoked is refused at once by every program; text that
 * can't be a key is refused without one. Where the time of the last use can't be noted, that is logged, and the key is good all the
 * same.
 *
 * <p>Holds nothing that must be closed. Safe for use by several threads.
 */
public final class PostgresApiKeys implements ApiKeyStore {

    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final Database database;
    private final InstantSource clock;
    private final Supplier<ApiKeySecret> secrets;
    private final ApiKeyUse use;

    /** The keys in the database of the data source, which stays the caller's to close, by the system's clock. */
    public PostgresApiKeys(DataSource dataSource) {
        this(dataSource, InstantSource.system());
    }

    /**
     * As {@link #PostgresApiKeys(DataSource)}, by a clock of the caller's.
     *
     * @param clock says when keys are created, used and revoked, and whether they have expired
     */
    public PostgresApiKeys(DataSource dataSource, InstantSource clock) {
        this(dataSource, clock, ApiKeySecret::generate);
    }

    PostgresApiKeys(DataSource dataSource, InstantSource clock, Supplier<ApiKeySecret> secrets) {
        this.database = new Database(dataSource);
        this.clock = Objects.requireNonNull(clock, "clock");
        this.secrets = secrets;
        this.use = new ApiKeyUse(database);
    }

    @Override
    public Issued create(
            Role role,
            @Nullable UUID workspaceId,
            @Nullable String label,
            @Nullable Instant expiresAt,
            Deadline deadline) {
        Objects.requireNonNull(role, "role");
        var checked = label == null ? null : ShortText.check("A key's label", label);
        var now = now();
        var expiry = expiresAt == null ? null : checkExpiry(expiresAt, now);
        while (true) {
            var secret = secrets.get();
            var key = new ApiKey(
                    TimeOrderedUuid.next(), secret.prefix(), role, workspaceId, checked, now, expiry, null, null);
            if (insert(key, secret, deadline)) {
                return new Issued(secret.reveal(), key);
            }
        }
    }

    private static Instant checkExpiry(Instant expiresAt, Instant now) {
        var expiry = expiresAt.truncatedTo(ChronoUnit.MICROS);
        if (!expiry.isAfter(now) || !expiry.isBefore(YEAR_10000)) {
            throw new IllegalArgumentException(
                    "A key's expiry must lie in the future and before the year 10000, but is " + expiry + ", and it is "
                            + now + " now");
        }
        return expiry;
    }

    private boolean insert(ApiKey key, ApiKeySecret secret, Deadline deadline) {
        return database.call("No key was created.", deadline, session -> {
            try {
                return ApiKeyQueries.insert(session, key, secret.hash());
            } catch (SQLException failure) {
                if (FOREIGN_KEY_VIOLATION.equals(failure.getSQLState())) {
                    throw new SpanStoreException(
                            Reason.UNKNOWN_WORKSPACE,
                            "There is no workspace " + key.workspaceId() + ". No key was created.",
                            failure);
                }
                throw failure;
            }
        });
    }

    @Override
    public Optional<ApiKey> authenticate(String key, Deadline deadline) {
        Objects.requireNonNull(key, "key");
        return Optional.ofNullable(authenticateAll(Set.of(key), deadline).get(key));
    }

    @Override
    public Map<String, ApiKey> authenticateAll(Set<String> keys, Deadline deadline) {
        Objects.requireNonNull(deadline, "deadline");
        var secrets =
                keys.stream().map(ApiKeySecret::parse).flatMap(Optional::stream).toList();
        if (secrets.isEmpty()) {
            return Map.of();
        }
        var query = ApiKeyQueries.find(secrets);
        Database.Work<List<Optional<Map.Entry<String, ApiKey>>>> work =
                secrets.size() == 1 ? query::listKept : query::list;
        var known = database.call("No key was checked.", deadline, work);
        var now = now();
        var live = known.stream()
                .flatMap(Optional::stream)
                .filter(found -> isLive(found.getValue(), now))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        live.values().forEach(used -> use.note(used, now, deadline));
        return live;
    }

    private static boolean isLive(ApiKey key, Instant now) {
        var expiresAt = key.expiresAt();
        return key.revokedAt() == null && (expiresAt == null || now.isBefore(expiresAt));
    }

    @Override
    public List<ApiKey> list(@Nullable UUID workspaceId, Deadline deadline) {
        return database.call("No keys were read.", deadline, ApiKeyQueries.list(workspaceId)::list);
    }

    @Override
    public Optional<ApiKey> revoke(String prefix, Deadline deadline) {
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(deadline, "deadline");
        return ApiKeySecret.isPrefix(prefix)
                ? database.call("No key was revoked.", deadline, ApiKeyQueries.revoke(prefix, now())::list).stream()
                        .findFirst()
                : Optional.empty();
    }

    /** As precise as the database is, so that a key reads as it was created. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
