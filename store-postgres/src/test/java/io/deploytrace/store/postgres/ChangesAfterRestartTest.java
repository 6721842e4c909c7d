package io.deploytrace.store.postgres;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.ChangedTraces;
import io.deploytrace.store.ChangedTraces.Status;
import io.deploytrace.store.ChangesRequest;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.testkit.Await;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A position outlives a restart of the database, but neither a crash nor an older copy of its files, after which numbers of transactions may
 * be handed out again.
 */
class ChangesAfterRestartTest {

    private static final UUID WORKSPACE = UUID.fromString("00000000-0000-4000-8000-000000000001");

    @TempDir
    Path directory;

    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .start();
    }

    private static DataSource database(EmbeddedPostgres server) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(server.getJdbcUrl("postgres", "postgres"));
        return dataSource;
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void write(DataSource database, int trace) {
        var span = TestSpan.of(WORKSPACE, trace, 0).build();
        PostgresSpanStore.builder(database).build().write(List.of(span), soon());
    }

    private static ChangedTraces since(DataSource database, String position) {
        return new PostgresTraceChanges(database)
                .since(List.of(new ChangesRequest(WORKSPACE, position)), 10, soon())
                .get(0);
    }

    @Test
    void position_afterARestart_isGoodAndAfterACrash_isLost() throws Exception {
        String position;
        try (var server = start()) {
            var database = database(server);
            new PostgresSchema(database).migrate();
            execute(database, "INSERT INTO workspace (id) VALUES ('" + WORKSPACE + "')");
            position = new PostgresTraceChanges(database).now(soon());
            write(database, 1);
        }
        try (var server = start()) {
            var database = database(server);
            write(database, 2);
            var changed = since(database, position);
            assertThat(changed.status()).isEqualTo(Status.DONE);
            assertThat(ReadingTest.traceIdsOf(changed.traces()))
                    .containsExactlyInAnyOrder(TestSpan.traceId(1), TestSpan.traceId(2));

            killASession(database);

            Await.until(() -> isUp(database));
            assertThat(since(database, changed.position()).status()).isEqualTo(Status.LOST);
        }
    }

    @Test
    void position_afterAnOlderCopyOfTheFilesWasPutBack_isLost() throws Exception {
        try (var server = start()) {
            var database = database(server);
            new PostgresSchema(database).migrate();
            execute(database, "INSERT INTO workspace (id) VALUES ('" + WORKSPACE + "')");
        }
        copy("data", "copy");
        String position;
        try (var server = start()) {
            var database = database(server);
            for (var trace = 1; trace <= 20; trace++) {
                write(database, trace);
            }
            position = new PostgresTraceChanges(database).now(soon());
        }
        Files.move(directory.resolve("data"), directory.resolve("newer"));
        Files.move(directory.resolve("copy"), directory.resolve("data"));
        try (var server = start()) {
            var database = database(server);
            write(database, 21);

            var changed = since(database, position);
            assertThat(changed.status()).isEqualTo(Status.LOST);
            write(database, 22);
            assertThat(ReadingTest.traceIdsOf(
                            since(database, changed.position()).traces()))
                    .containsExactly(TestSpan.traceId(22));
        }
    }

    private void copy(String from, String to) throws IOException {
        var source = directory.resolve(from);
        try (var files = Files.walk(source)) {
            for (var file : files.toList()) {
                Files.copy(
                        file,
                        directory.resolve(to).resolve(source.relativize(file).toString()),
                        COPY_ATTRIBUTES);
            }
        }
    }

    /** The server ends all of its sessions then, and recovers as from a crash. */
    private static void killASession(DataSource database) throws SQLException {
        try (var connection = database.getConnection()) {
            var session = connection.unwrap(PGConnection.class).getBackendPID();
            ProcessHandle.of(session).orElseThrow().destroyForcibly();
            ProcessHandle.of(session).ifPresent(process -> process.onExit().join());
        }
    }

    private static boolean isUp(DataSource database) {
        try {
            new PostgresTraceChanges(database).now(soon());
            return true;
        } catch (SpanStoreException stillRecovering) {
            return false;
        }
    }
}
