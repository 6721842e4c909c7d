package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.deploytrace.embedded.postgres.SharedDatabase;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.store.postgres.PostgresSchema;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.store.postgres.PostgresWorkspaces;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller whose database is down all along waits no longer than it chose, and loses nothing. */
class DatabaseDownTest {

    private static final Duration BOUND = Duration.ofSeconds(2);
    private static final int RECONCILES = 30;

    @TempDir
    Path directory;

    @Test
    void reconcile_databaseIsDown_endsWithinItsBoundAndIsStoredLater() {
        var data = directory.resolve("data");
        try (var pool = new HikariDataSource()) {
            pool.setConnectionTimeout(500);
            pool.setInitializationFailTimeout(-1); // a pool must not refuse to start when the database is away
            var port = 0;
            UUID workspace;
            try (var database = SharedDatabase.open(data)) {
                port = database.port();
                pool.setDataSource(database.dataSource());
                workspace = prepare(database.dataSource());
            }
            try (var buffer = BufferedSpanWriter.builder(
                            PostgresSpanStore.builder(pool).build())
                    .spool(SpoolSettings.in(directory.resolve("spool")))
                    .backoff(Duration.ofMillis(20), Duration.ofMillis(200))
                    .build()) {
                for (var i = 0; i < RECONCILES; i++) {
                    assertThat(reconcile(workspace, "target-" + i, buffer)).isLessThan(BOUND);
                }
                assertThat(buffer.metrics().heldOnSpool()).isEqualTo(3 * RECONCILES);

                try (var again = SharedDatabase.open(data, port)) {
                    assertThat(buffer.flush(in(Duration.ofMinutes(1)))).isTrue();
                    assertThat(buffer.metrics().stored()).isEqualTo(3 * RECONCILES);
                    assertAllStored(again, workspace);
                }
            }
        }
    }

    private static UUID prepare(DataSource database) {
        new PostgresSchema(database).migrate();
        return new PostgresWorkspaces(database)
                .create("acme", in(Duration.ofSeconds(30)))
                .id();
    }

    private static Duration reconcile(UUID workspace, String target, BufferedSpanWriter buffer) {
        var start = System.nanoTime();
        try (var reconcile = ReconcileTarget.builder(workspace.toString(), target)
                .store(buffer)
                .persistTimeout(BOUND)
                .start()) {
            try (var planning = reconcile.startPlanning()) {
                planning.makeDecision("Deploy approved", Decision.APPROVED);
            }
            reconcile.complete(Status.COMPLETED);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void assertAllStored(SharedDatabase database, UUID workspace) {
        var store = PostgresSpanStore.builder(database.dataSource()).build();
        var traces = store.traces(workspace, TraceFilter.ALL, PageRequest.first(100), in(Duration.ofMinutes(1)))
                .items();
        assertThat(traces).hasSize(RECONCILES);
        assertThat(traces)
                .allSatisfy(trace -> assertThat(
                                store.trace(workspace, trace.summary().traceId(), in(Duration.ofMinutes(1))))
                        .hasSize(3));
    }

    private static Deadline in(Duration duration) {
        return Deadline.after(duration);
    }
}
