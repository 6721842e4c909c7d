package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.store.ApiKey;
import io.deploytrace.store.Role;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.jdbc.PreferQueryMode;

/** What is kept of a key, and who may use it. */
class PostgresApiKeysTest extends ApiKeyTest {

    @Test
    void database_dumped_holdsNoSecret() {
        var secret = create();
        keys.authenticate(secret, deadline);
        var random = Base64.getUrlDecoder().decode(secret.substring(12));

        var dump = dump();

        assertThat(dump)
                .contains(secret.substring(0, 11))
                .doesNotContain(secret)
                .doesNotContain(secret.substring(12))
                .doesNotContain(HexFormat.of().formatHex(random))
                .doesNotContain(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.US_ASCII)))
                .doesNotContain(HexFormat.of().formatHex(secret.substring(12).getBytes(StandardCharsets.US_ASCII)));
    }

    /** Every row of every table as text. */
    private String dump() {
        var dump = new StringBuilder();
        for (var table : database.query("select tablename from pg_tables where schemaname = 'public'")) {
            dump.append(table)
                    .append(database.query("select t::text from " + table.get(0) + " t"))
                    .append('\n');
        }
        return dump.toString();
    }

    @Test
    void hash_presentedAsAKey_isRefused() {
        var secret = create();
        var prefix = secret.substring(0, 11);
        var hash = HexFormat.of().parseHex(database.queryValue("select encode(hash, 'hex') from deployment_trace_key"));

        assertThat(keys.authenticate(
                        prefix + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash), deadline))
                .isEmpty();
        assertThat(keys.authenticate(HexFormat.of().formatHex(hash), deadline)).isEmpty();
        assertThat(keys.authenticate(
                        prefix + "_" + HexFormat.of().formatHex(hash).substring(0, 43), deadline))
                .isEmpty();
    }

    @Test
    void authenticate_revokedThroughAnotherDataSource_isRefusedByTheNextCall() {
        var other = new PostgresApiKeys(database.driverDataSource(), clock);
        var secret = create();
        assertThat(other.authenticate(secret, deadline)).isPresent();
        assertThat(keys.authenticate(secret, deadline)).isPresent();

        other.revoke(secret.substring(0, 11), deadline);

        assertThat(keys.authenticate(secret, deadline)).isEmpty();
    }

    @Test
    void authenticateAndRevoke_textThatCanBeNoKey_neverAskTheDatabase() {
        var unreachable = new PostgresApiKeys(new PlainDataSource() {
            @Override
            public Connection getConnection() {
                throw new AssertionError("The database was asked");
            }
        });

        for (var text : List.of("", "\u0000", "dt_abcd1234", "dt_abcd1234_", "a.b.c", "x".repeat(55), "é".repeat(55))) {
            assertThat(unreachable.authenticate(text, deadline)).isEmpty();
        }
        assertThat(unreachable.revoke("dt_abcd123%", deadline)).isEmpty();
        assertThatThrownBy(() -> unreachable.authenticate("dt_abcd1234_" + "A".repeat(43), deadline))
                .hasMessage("The database was asked");
    }

    @Test
    void create_prefixThatIsTaken_takesAnother() {
        var taken = create();
        var same = ApiKeySecret.parse(taken.substring(0, 12) + "A".repeat(43)).orElseThrow();
        var count = new AtomicInteger();
        var unlucky = new PostgresApiKeys(
                database.dataSource(), clock, () -> count.getAndIncrement() < 3 ? same : ApiKeySecret.generate());

        var issued = unlucky.create(Role.READ, null, null, null, deadline);

        assertThat(count).hasValue(4);
        assertThat(issued.key().prefix()).isNotEqualTo(taken.substring(0, 11));
        assertThat(keys.authenticate(same.reveal(), deadline)).isEmpty();
        assertThat(keys.authenticate(taken, deadline)).isPresent();
        assertThat(keys.authenticate(issued.secret(), deadline)).contains(issued.key());
    }

    @ParameterizedTest
    @EnumSource
    void keys_inEveryQueryMode_areKeptTheSame(PreferQueryMode mode) {
        var dataSource = database.driverDataSource();
        dataSource.setPreferQueryMode(mode);
        var other = new PostgresApiKeys(dataSource, clock);
        var expiry = Instant.parse("9999-12-31T23:59:59.999999Z");

        var issued = other.create(Role.ADMIN, null, null, expiry, deadline);

        assertThat(other.authenticate(issued.secret(), deadline)).contains(issued.key());
        assertThat(keys.authenticate(issued.secret(), deadline))
                .map(ApiKey::expiresAt)
                .contains(expiry);
        assertThat(other.list(null, deadline)).hasSize(1);
        assertThat(other.revoke(issued.key().prefix(), deadline)).isPresent();
    }

    @Test
    void workspace_deleted_takesItsKeysAlongAndNoOthers() {
        var kept = keys.create(Role.WRITE, database.createWorkspace(), null, null, deadline);
        var global = keys.create(Role.ADMIN, null, null, null, deadline);
        var secret = create();

        new PostgresWorkspaces(database.dataSource()).delete(workspace, spans -> {}, deadline);

        assertThat(keys.authenticate(secret, deadline)).isEmpty();
        assertThat(keys.list(null, deadline))
                .extracting(ApiKey::id)
                .containsExactlyInAnyOrder(kept.key().id(), global.key().id());
    }

    @Test
    void workspace_deletionInterrupted_hasRemovedItsKeysBeforeItsTraces() {
        var secret = create();
        new ForeignProgram(database).write(NOW, TestSpan.of(workspace, 1, 0));

        assertThatThrownBy(() -> new PostgresWorkspaces(database.dataSource())
                        .delete(
                                workspace,
                                spans -> {
                                    throw new IllegalStateException("pulled the plug");
                                },
                                deadline))
                .hasMessage("pulled the plug");

        assertThat(keys.authenticate(secret, deadline)).isEmpty();
    }

    @Test
    void workspace_deletedByItsApplication_takesItsKeysAlong() {
        database.execute("ALTER TABLE workspace ADD COLUMN slug text");
        var secret = create();

        database.execute("delete from workspace where id = '" + workspace + "'");

        assertThat(keys.authenticate(secret, deadline)).isEmpty();
        assertThat(keys.list(null, deadline)).isEmpty();
    }
}
