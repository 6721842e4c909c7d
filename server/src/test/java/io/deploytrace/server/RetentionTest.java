package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.Leases;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceMaintenance;
import io.deploytrace.store.Workspace;
import io.deploytrace.store.postgres.PostgresLeases;
import io.deploytrace.store.postgres.PostgresMaintenance;
import io.deploytrace.store.postgres.PostgresWorkspaces;
import io.deploytrace.testkit.Await;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Traces that workspaces no longer keep are removed, on PostgreSQL. A batch is 5,000 rows. */
class RetentionTest {

    private static final Duration TIME = Duration.ofSeconds(30);
    private static final int OLD = 12_000;

    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicInteger pruning = new AtomicInteger();
    private final AtomicInteger mostPruning = new AtomicInteger();
    private TestDatabase database;
    private PGSimpleDataSource source;
    private PostgresWorkspaces workspaces;
    private PostgresLeases leases;
    private UUID kept;
    private UUID pruned;

    @BeforeEach
    void fill() throws SQLException {
        database = TestDatabase.create();
        source = database.dataSource(database.port());
        workspaces = new PostgresWorkspaces(source);
        leases = new PostgresLeases(source);
        kept = fill("kept");
        pruned = fill("pruned");
        workspaces.retain(pruned, Duration.ofDays(30), Deadline.after(TIME));
        // As autovacuum does after a while; the planner takes the tables for empty until then.
        execute("ANALYZE");
    }

    @AfterEach
    void drop() throws SQLException {
        database.close();
    }

    /** Old traces of one span each, and one of today. */
    private UUID fill(String name) throws SQLException {
        var workspace = workspaces.create(name, Deadline.after(TIME)).id();
        execute("""
                INSERT INTO deployment_trace_span (id, trace_id, span_id, name, start_time, workspace_id, created_at)
                SELECT gen_random_uuid(), replace(gen_random_uuid()::text, '-', ''),
                       right(replace(gen_random_uuid()::text, '-', ''), 16), 'span', now(), '%s',
                       CASE WHEN n = 0 THEN now() ELSE now() - interval '31 days' - n * interval '1 second' END
                FROM generate_series(0, %d) n
                """.formatted(workspace, OLD));
        return workspace;
    }

    private void execute(String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int spans(UUID workspace) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var count = statement.executeQuery(
                        "SELECT count(*) FROM deployment_trace_span WHERE workspace_id = '" + workspace + "'")) {
            count.next();
            return count.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private SharedWork start(Runnable afterEachBatch, MeterRegistry registry) {
        return start(afterEachBatch, leases, registry);
    }

    private SharedWork start(Runnable afterEachBatch, Leases shared, MeterRegistry registry) {
        var settings =
                new SharedWorkSettings(Retention.NAME, new Watched(afterEachBatch), shared, Duration.ofSeconds(1));
        var retention = Retention.work(settings, workspaces, registry);
        retention.start();
        return retention;
    }

    private SharedWork start(Runnable afterEachBatch) {
        return start(afterEachBatch, new SimpleMeterRegistry());
    }

    /** PostgreSQL's, seen at work. */
    private final class Watched implements TraceMaintenance {

        private final TraceMaintenance store = new PostgresMaintenance(source);
        private final Runnable afterEachBatch;

        Watched(Runnable afterEachBatch) {
            this.afterEachBatch = afterEachBatch;
        }

        @Override
        public Removed prune(UUID workspaceId, Instant before, Consumer<Removed> progress, Deadline deadline) {
            mostPruning.accumulateAndGet(pruning.incrementAndGet(), Math::max);
            try {
                return store.prune(
                        workspaceId,
                        before,
                        removed -> {
                            batches.incrementAndGet();
                            afterEachBatch.run();
                            progress.accept(removed);
                        },
                        deadline);
            } finally {
                pruning.decrementAndGet();
            }
        }

        @Override
        public Instant time(Deadline deadline) {
            return store.time(deadline);
        }

        @Override
        public Removed countOlderThan(UUID workspaceId, Instant before, Deadline deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long reindex(UUID workspaceId, boolean all, Deadline deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long reindex(UUID workspaceId, TimeRange written, Deadline deadline) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void workspaceWithASetting_losesWhatIsOlder_andOneWithoutIsNeverTouched() {
        var registry = new SimpleMeterRegistry();
        try (var retention = start(() -> {}, registry)) {
            assertThat(retention).isNotNull();
            Await.until(() -> registry.get("retention.last.success.timestamp.seconds")
                            .gauge()
                            .value()
                    > 0);
        }

        assertThat(spans(pruned)).isEqualTo(1);
        assertThat(spans(kept)).isEqualTo(OLD + 1);
        assertThat(registry.get("retention.removed.traces").counter().count()).isEqualTo(OLD);
        assertThat(registry.get("retention.removed.spans").counter().count()).isEqualTo(OLD);
        assertThat(registry.get("retention.running").gauge().value()).isZero();
        assertThat(batches).hasValue(3);
    }

    @Test
    void settingThatIsRemovedMeanwhile_stopsItBeforeTheNextBatch() {
        try (var retention = start(() -> workspaces.retain(pruned, null, Deadline.after(TIME)))) {
            assertThat(retention).isNotNull();
            Await.until(() -> batches.get() > 0 && pruning.get() == 0);
        }

        assertThat(batches).hasValue(1);
        assertThat(spans(pruned)).isEqualTo(OLD + 1 - 5_000);
    }

    @Test
    void settingThatBecomesLongerMeanwhile_isHeeded() {
        try (var retention = start(() -> workspaces.retain(pruned, Duration.ofDays(60), Deadline.after(TIME)))) {
            assertThat(retention).isNotNull();
            Await.until(() -> batches.get() > 0 && pruning.get() == 0);
        }

        assertThat(batches).hasValue(1);
    }

    @Test
    void stop_endsItAfterTheBatch_andLeavesTheRestToAnother() {
        var stopped = new CompletableFuture<Void>();
        var started = new CompletableFuture<SharedWork>();
        var first = start(() -> {
            var unused = stopped.completeAsync(() -> {
                started.join().close();
                return null;
            });
            Await.until(() -> started.join().isStopping());
        });
        started.complete(first);
        stopped.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(batches).hasValue(1);

        try (var second = start(() -> {})) {
            assertThat(second).isNotNull();
            Await.until(() -> spans(pruned) == 1);
        }
    }

    @Test
    void leaseOfAnother_isRespected_untilItsTimeIsOver() throws SQLException {
        leases.tryHold(Retention.NAME, UUID.randomUUID(), Duration.ofHours(1), Deadline.after(TIME));
        var asked = new AtomicInteger();
        var counting = new CountingLeases(leases, asked);
        try (var retention = start(() -> {}, counting, new SimpleMeterRegistry())) {
            assertThat(retention).isNotNull();
            Await.until(() -> asked.get() > 1);
            assertThat(spans(pruned)).isEqualTo(OLD + 1);

            execute("UPDATE deployment_trace_lease SET expires_at = now()");
            Await.until(() -> spans(pruned) == 1);
        }
    }

    private record CountingLeases(PostgresLeases leases, AtomicInteger asked) implements Leases {

        @Override
        public boolean tryHold(String name, UUID holder, Duration time, Deadline deadline) {
            var held = leases.tryHold(name, holder, time, deadline);
            asked.incrementAndGet();
            return held;
        }

        @Override
        public void release(String name, UUID holder, Deadline deadline) {
            leases.release(name, holder, deadline);
        }
    }

    @Test
    void twoServers_removeOnce_andNeverBoth() {
        var first = new SimpleMeterRegistry();
        var second = new SimpleMeterRegistry();
        try (var one = start(() -> {}, first);
                var other = start(() -> {}, second)) {
            assertThat(one).isNotSameAs(other);
            Await.until(() -> spans(pruned) == 1);
        }

        assertThat(mostPruning).hasValue(1);
        assertThat(removed(first) + removed(second)).isEqualTo(OLD);
        assertThat(Math.min(removed(first), removed(second))).isZero();
    }

    private static double removed(MeterRegistry registry) {
        return registry.get("retention.removed.traces").counter().count();
    }

    @Test
    void workspaceThatFails_doesNotKeepOthersFromIt() throws SQLException {
        var broken = fill("another");
        workspaces.retain(broken, Duration.ofDays(30), Deadline.after(TIME));
        execute("""
                CREATE FUNCTION defect() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a defect'; END $$;
                CREATE TRIGGER defect BEFORE DELETE ON deployment_trace_span FOR EACH ROW
                  WHEN (old.workspace_id = '%s') EXECUTE FUNCTION defect();
                """.formatted(broken));
        var registry = new SimpleMeterRegistry();
        try (var retention = start(() -> {}, registry)) {
            assertThat(retention).isNotNull();
            Await.until(() -> spans(pruned) == 1);
            Await.until(() -> registry.get("retention.failures").counter().count() > 0);
        }

        assertThat(spans(broken)).isEqualTo(OLD + 1);
        assertThat(registry.get("retention.last.success.timestamp.seconds")
                        .gauge()
                        .value())
                .isZero();
        assertThat(workspaces.find(broken, Deadline.after(TIME)))
                .map(Workspace::retention)
                .contains(Duration.ofDays(30));
    }
}
