package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.ApiKey;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Noting when a key was last used stands in nobody's way. */
class ApiKeyUseTest extends ApiKeyTest {

    @Test
    void authenticate_useThatCanNotBeNoted_succeedsAndTriesNoMoreForAMinute() {
        var secret = create();
        database.execute("""
                create sequence attempts;
                create function refuse() returns trigger language plpgsql as $$
                  begin perform nextval('attempts'); raise exception 'not today'; end $$;
                create trigger refuse before update of last_used_at on deployment_trace_key
                  for each row execute function refuse();
                """);

        assertThat(keys.authenticate(secret, deadline)).isPresent();
        assertThat(keys.authenticate(secret, deadline)).isPresent();
        assertThat(database.queryValue("select last_value from attempts")).isEqualTo("1");

        clock.advance(Duration.ofMinutes(1));
        assertThat(keys.authenticate(secret, deadline)).isPresent();
        assertThat(database.queryValue("select last_value from attempts")).isEqualTo("2");
        assertThat(database.queryValue("select last_used_at from deployment_trace_key"))
                .isNull();
    }

    @Test
    void authenticate_rowOrTableHeldByAnother_succeedsMeanwhile() throws SQLException {
        var first = create();
        var second = create();
        try (var other = database.dataSource().getConnection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select from deployment_trace_key for update");
            assertThat(keys.authenticate(first, deadline)).isPresent();
            other.rollback();
            statement.execute("lock table deployment_trace_key in share mode");
            assertThat(keys.authenticate(second, deadline)).isPresent();
            other.rollback();
        }
        assertThat(keys.list(workspace, deadline))
                .extracting(ApiKey::lastUsedAt)
                .containsOnlyNulls();
    }

    @Test
    void authenticate_readOnlyDatabase_succeeds() {
        var secret = create();
        var readOnly = database.driverDataSource();
        readOnly.setReadOnly(true);

        assertThat(new PostgresApiKeys(readOnly, clock).authenticate(secret, deadline))
                .isPresent();
    }

    @Test
    void authenticate_manyAtOnce_allSucceedAndTheUseIsNotedOnce() {
        var secret = create();
        database.execute("""
                create sequence notes;
                create function note() returns trigger language plpgsql as $$
                  begin perform nextval('notes'); return new; end $$;
                create trigger note before update on deployment_trace_key for each row execute function note();
                """);

        var calls = IntStream.range(0, 16)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> keys.authenticate(secret, deadline)))
                .toList();

        assertThat(calls).allMatch(call -> call.join().isPresent());
        assertThat(database.query("select last_value, is_called from notes")).containsExactly(List.of("1", "t"));
    }
}
