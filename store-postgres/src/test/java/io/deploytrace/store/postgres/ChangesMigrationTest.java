package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.store.ChangedTraces;
import io.deploytrace.store.ChangesRequest;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The upgrade from the first release: its writers, whose statements are still those of today, go on before, during and after it. */
class ChangesMigrationTest {

    private static final String FILE = "SELECT pg_relation_filenode('deployment_trace')";

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.empty();

    private final Deadline deadline = Deadline.after(Duration.ofMinutes(1));
    private UUID workspace;
    private PostgresSpanStore store;

    @BeforeEach
    void makeFirstRelease() {
        var configuration = Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:io/deploytrace/store/postgres/migration")
                .table(PostgresSchema.HISTORY_TABLE)
                .target("5");
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        configuration.load().migrate();
        workspace = database.createWorkspace();
        store = PostgresSpanStore.builder(database.dataSource()).build();
    }

    private void write(int trace, int sequence) {
        store.write(List.of(TestSpan.of(workspace, trace, sequence).build()), deadline);
    }

    private List<String> changedSince(String position) {
        var changed = new PostgresTraceChanges(database.dataSource())
                .since(List.of(new ChangesRequest(workspace, position)), 1_000, deadline);
        assertThat(changed).extracting(ChangedTraces::status).containsExactly(ChangedTraces.Status.DONE);
        return ReadingTest.traceIdsOf(changed.get(0).traces());
    }

    private List<String> applied() {
        return new PostgresSchema(database.dataSource())
                .migrate().stream().map(Migration::version).toList();
    }

    @Test
    void migrate_rowsOfTheFirstRelease_areNeitherRewrittenNorTold() {
        write(1, 0);
        var file = database.queryValue(FILE);

        assertThat(applied()).containsExactly("6", "7", "8", "9", "10");

        assertThat(database.queryValue(FILE)).isEqualTo(file);
        assertThat(database.queryValue("SELECT changed_in FROM deployment_trace"))
                .isNull();
        var now = new PostgresTraceChanges(database.dataSource()).now(deadline);
        write(2, 0);
        write(1, 1);
        assertThat(changedSince(now)).containsExactlyInAnyOrder(TestSpan.traceId(1), TestSpan.traceId(2));
    }

    @Test
    void migrate_whileOthersWrite_failsNoneOfThem() throws Exception {
        var pool = Executors.newSingleThreadExecutor();
        var goesOn = new AtomicBoolean(true);
        var written = new AtomicInteger();
        try {
            var writer = pool.submit(() -> {
                while (goesOn.get()) {
                    write(1 + written.incrementAndGet() % 50, written.get());
                }
            });
            assertThat(applied()).containsExactly("6", "7", "8", "9", "10");
            var afterwards = new PostgresTraceChanges(database.dataSource()).now(deadline);
            var before = written.get();
            while (written.get() < before + 10 && !writer.isDone()) {
                Thread.onSpinWait();
            }
            goesOn.set(false);
            writer.get();

            assertThat(changedSince(afterwards)).isNotEmpty();
            assertThat(database.queryValue("SELECT count(*) FROM deployment_trace_span"))
                    .isEqualTo(written.toString());
        } finally {
            goesOn.set(false);
            pool.shutdownNow();
        }
    }

    @Test
    void migrate_behindALongTransaction_givesUpSoonLeavesNothingAndCanBeRunAgain() throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT FROM deployment_trace");

            assertThatThrownBy(this::applied)
                    .isInstanceOf(SpanStoreException.class)
                    .hasMessageContaining("canceling statement due to lock timeout");

            write(1, 0);
            assertThat(database.query("SELECT FROM pg_attribute WHERE attname = 'changed_in' AND NOT attisdropped"))
                    .isEmpty();
        }
        assertThat(applied()).containsExactly("6", "7", "8", "9", "10");
    }
}
