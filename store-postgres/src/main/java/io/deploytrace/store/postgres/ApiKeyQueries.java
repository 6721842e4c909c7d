package io.deploytrace.store.postgres;

import io.deploytrace.store.ApiKey;
import io.deploytrace.store.Role;
import io.deploytrace.store.SpanStoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The keys of the server, in a table of their own. */
final class ApiKeyQueries {

    private static final String COLUMNS =
            "key.id, key.prefix, key.role, key.workspace_id, key.label, key.created_at, key.expires_at, key.last_used_at,"
                    + " key.revoked_at";

    private static final String CREATE = """
            insert into deployment_trace_key (id, prefix, hash, role, workspace_id, label, created_at, expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (prefix) do nothing
            """;

    private static final String FIND = """
            select %s, key.hash
            from deployment_trace_key key
            where key.prefix = ?
            """.formatted(COLUMNS);

    private static final String FIND_ALL = """
            select %s, key.hash
            from deployment_trace_key key
            where key.prefix = any (?)
            """.formatted(COLUMNS);

    private static final String LIST = """
            select %s
            from deployment_trace_key key
            where %%s
            order by key.created_at, key.id
            """.formatted(COLUMNS);

    private static final String REVOKE = """
            update deployment_trace_key key
            set revoked_at = coalesce(key.revoked_at, ?)
            where key.prefix = ?
            returning %s
            """.formatted(COLUMNS);

    /** Waits for no one who holds the row: whoever does is noting its use, or revokes it. */
    private static final String NOTE_USE = """
            with stale as (
              select id
              from deployment_trace_key
              where id = ? and (last_used_at is null or last_used_at <= ?)
              for update skip locked
            )
            update deployment_trace_key key
            set last_used_at = ?
            from stale
            where key.id = stale.id
            returning key.id
            """;

    private static final String DELETE_OF_WORKSPACE = """
            delete from deployment_trace_key
            where workspace_id = ?
            returning id
            """;

    private ApiKeyQueries() {}

    /** Inserts the key; false if its prefix is taken. */
    static boolean insert(Session session, ApiKey key, byte[] hash) throws SQLException {
        try (var statement = session.prepare(CREATE)) {
            statement.setObject(1, key.id());
            statement.setString(2, key.prefix());
            statement.setBytes(3, hash);
            statement.setString(4, key.role().value());
            statement.setObject(5, key.workspaceId(), Types.OTHER);
            statement.setString(6, key.label());
            setTime(statement, 7, key.createdAt());
            setTime(statement, 8, key.expiresAt());
            return statement.executeUpdate() == 1;
        }
    }

    private static void setTime(PreparedStatement statement, int index, @Nullable Instant time) throws SQLException {
        statement.setObject(index, time == null ? null : Timestamps.text(time), Types.OTHER);
    }

    /** The keys whose secrets these are, by the whole secret; empty results for those that merely begin so. */
    static Query<Optional<Map.Entry<String, ApiKey>>> find(List<ApiKeySecret> secrets) {
        var prefixes = secrets.stream().map(ApiKeySecret::prefix).distinct().toArray(String[]::new);
        return prefixes.length == 1
                ? new Query<>(FIND, List.of(prefixes[0]), row -> match(row, secrets))
                : new Query<>(FIND_ALL, List.of((Object) prefixes), row -> match(row, secrets));
    }

    private static Optional<Map.Entry<String, ApiKey>> match(ResultSet row, List<ApiKeySecret> secrets)
            throws SQLException {
        var prefix = row.getString("prefix");
        var hash = row.getBytes("hash");
        for (var secret : secrets) {
            if (secret.prefix().equals(prefix) && secret.matches(hash)) {
                return Optional.of(Map.entry(secret.reveal(), read(row)));
            }
        }
        return Optional.empty();
    }

    /** Of one workspace, or with null all. */
    static Query<ApiKey> list(@Nullable UUID workspaceId) {
        var conditions = new Conditions().andIfGiven("key.workspace_id = ?", workspaceId);
        return new Query<>(LIST.formatted(conditions.sql()), conditions.parameters(), ApiKeyQueries::read);
    }

    static Query<ApiKey> revoke(String prefix, Instant now) {
        return new Query<>(REVOKE, List.of(now, prefix), ApiKeyQueries::read);
    }

    /** Sets when the key was last used, unless that is noted since the given time. */
    static Query<UUID> noteUse(UUID id, Instant unlessSince, Instant now) {
        return new Query<>(NOTE_USE, List.of(id, unlessSince, now), row -> row.getObject("id", UUID.class));
    }

    static Query<UUID> deleteOfWorkspace(UUID workspaceId) {
        return new Query<>(DELETE_OF_WORKSPACE, List.of(workspaceId), row -> row.getObject("id", UUID.class));
    }

    private static ApiKey read(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getObject("id", UUID.class),
                row.getString("prefix"),
                role(row.getString("role")),
                row.getObject("workspace_id", UUID.class),
                row.getString("label"),
                SpanRow.time(row, "created_at"),
                SpanRow.nullableTime(row, "expires_at"),
                SpanRow.nullableTime(row, "last_used_at"),
                SpanRow.nullableTime(row, "revoked_at"));
    }

    private static Role role(String value) {
        return Arrays.stream(Role.values())
                .filter(role -> role.value().equals(value))
                .findFirst()
                .orElseThrow(() -> new SpanStoreException(
                        SpanStoreException.Reason.OTHER,
                        "The table deployment_trace_key holds the role \"" + value
                                + "\", which this version doesn't know. Use the version that wrote it."));
    }
}
