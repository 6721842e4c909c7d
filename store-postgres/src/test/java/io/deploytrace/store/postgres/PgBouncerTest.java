package io.deploytrace.store.postgres;

import static io.deploytrace.store.postgres.TestSpans.deadline;
import static io.deploytrace.store.postgres.TestSpans.open;
import static io.deploytrace.store.postgres.TestSpans.trace;
import static io.deploytrace.store.postgres.TestSpans.traceId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a pooler in transaction mode allows, and what it doesn't. */
class PgBouncerTest {

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    @Test
    void store_eightThreadsThroughThePooler_writesAndReadsWithoutAPreparedStatement() throws Exception {
        var workspace = database.createWorkspace();
        var threads = Executors.newFixedThreadPool(8);
        try (var pooler = Pooler.start("transaction");
                var connections = new KeptConnections(pooler.to(database))) {
            var store = PostgresSpanStore.builder(connections).build();
            var writes = IntStream.range(1, 200)
                    .mapToObj(number -> threads.submit(() -> {
                        store.write(List.of(open(workspace, number, 1, 1)), deadline());
                        store.write(trace(workspace, number, 3), deadline());
                        return store.trace(workspace, traceId(number), deadline());
                    }))
                    .toList();
            for (var write : writes) {
                assertThat(write.get(60, TimeUnit.SECONDS)).hasSizeBetween(3, 4);
            }
            assertThat(database.query("select * from pg_stat_activity where datname = current_database()"))
                    .hasSizeBetween(2, 7);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The control: what the store avoids does fail here. */
    @Test
    void driver_thatPreparesStatements_fails() throws SQLException {
        try (var pooler = Pooler.start("transaction")) {
            var source = pooler.to(database);
            source.setPrepareThreshold(1);
            try (var one = source.getConnection();
                    var two = source.getConnection()) {
                assertThatThrownBy(() -> {
                            for (var i = 0; i < 20; i++) {
                                one.prepareStatement("select " + i % 3).execute();
                                two.prepareStatement("select 7").execute();
                            }
                        })
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("prepared statement");
            }
        }
    }

    @Test
    void isCurrent_askedOftenByTwoClients_isTrueEachTime() throws SQLException {
        try (var pooler = Pooler.start("transaction");
                var one = pooler.to(database).getConnection();
                var two = pooler.to(database).getConnection()) {
            for (var i = 0; i < 20; i++) {
                assertThat(new PostgresSchema(new OneConnection(one)).isCurrent())
                        .isTrue();
                assertThat(new PostgresSchema(new OneConnection(two)).isCurrent())
                        .isTrue();
            }
        }
    }

    @Test
    void isValid_askedOftenByTwoClients_isTrueEachTime() throws SQLException {
        try (var pooler = Pooler.start("transaction");
                var one = pooler.to(database).getConnection();
                var two = pooler.to(database).getConnection()) {
            for (var i = 0; i < 20; i++) {
                assertThat(one.isValid(5)).as("the %d. time", i).isTrue();
                assertThat(two.isValid(5)).as("the %d. time", i).isTrue();
            }
        }
    }

    @Test
    void migrate_throughTransactionMode_isRefusedBeforeItLocks() {
        try (var pooler = Pooler.start("transaction")) {
            var schema = new PostgresSchema(pooler.to(database));

            assertThatThrownBy(schema::migrate)
                    .isInstanceOfSatisfying(
                            SpanStoreException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_READY))
                    .hasMessageContaining("pooler")
                    .hasMessageContaining("Connect to PostgreSQL directly");
            assertThat(database.query("select * from pg_locks where locktype = 'advisory'"))
                    .isEmpty();
            assertThat(schema.isCurrent()).isTrue();
            assertThat(schema.migrations()).allMatch(Migration::isApplied);
        }
    }

    @Test
    void migrate_throughStatementMode_isRefused() {
        try (var pooler = Pooler.start("statement")) {
            assertThatThrownBy(() -> new PostgresSchema(pooler.to(database)).migrate())
                    .isInstanceOf(SpanStoreException.class);
        }
    }

    @Test
    void migrate_throughSessionMode_migrates() {
        try (var pooler = Pooler.start("session")) {
            assertThat(new PostgresSchema(pooler.to(database)).migrate()).isEmpty();
        }
    }
}
