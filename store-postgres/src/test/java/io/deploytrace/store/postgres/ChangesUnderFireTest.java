package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.ChangedTraces.Status;
import io.deploytrace.store.ChangesRequest;
import io.deploytrace.store.StoredTrace;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Eight writers, whose transactions commit out of order or not at all, against one who follows the changes. */
class ChangesUnderFireTest extends ReadingTest {

    private static final int WRITERS = 8;
    private static final int TRACES = 20;
    private static final int ROUNDS = 40;
    private static final long SEED = 20_261_123;

    @Test
    void since_whileEightWritersWriteToTwoWorkspaces_tellsEachTracesLastRevisionAndNoOther() throws Exception {
        System.out.println("seed " + SEED);
        var workspaces = List.of(workspace, database.createWorkspace());
        var changes = new PostgresTraceChanges(database.dataSource());
        var start = changes.now(deadline);
        var pool = Executors.newFixedThreadPool(WRITERS);
        try {
            var writers = new ArrayList<Future<?>>();
            for (var writer = 0; writer < WRITERS; writer++) {
                writers.add(pool.submit(writer(writer, workspaces)));
            }
            var told = follow(changes, workspaces, start, writers);

            for (var workspaceId : workspaces) {
                assertThat(told.get(workspaceId)).isEqualTo(all(workspaceId));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private Callable<Void> writer(int writer, List<UUID> workspaces) {
        return () -> {
            var random = new Random(SEED + writer);
            for (var round = 0; round < ROUNDS; round++) {
                var owner = random.nextInt(2);
                // A trace belongs to one workspace, so that half of the numbers are each one's.
                var trace = 1 + 2 * random.nextInt(TRACES / 2) + owner;
                var span = TestSpan.of(workspaces.get(owner), trace, 1 + writer * ROUNDS + round);
                reader.write(built(span), deadline);
                changeInSlowTransaction(workspaces.get(owner), trace, random);
            }
            return null;
        };
    }

    private void changeInSlowTransaction(UUID owner, int trace, Random random) throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("UPDATE deployment_trace SET revision = revision + 1, updated_at = clock_timestamp()"
                        + " WHERE workspace_id = '" + owner + "' AND trace_id = '" + TestSpan.traceId(trace) + "'");
                statement.execute("SELECT pg_sleep(" + random.nextInt(10) / 1_000.0 + ")");
            }
            if (random.nextInt(4) == 0) {
                connection.rollback();
            } else {
                connection.commit();
            }
        }
    }

    /** The traces of each workspace as they were last told, once the writers have ended and nothing more is told. */
    private Map<UUID, Map<String, StoredTrace>> follow(
            PostgresTraceChanges changes, List<UUID> workspaces, String start, List<Future<?>> writers)
            throws Exception {
        Map<UUID, Map<String, StoredTrace>> told = new HashMap<>();
        Map<UUID, String> positions = new HashMap<>();
        workspaces.forEach(workspaceId -> positions.put(workspaceId, start));
        while (true) {
            var areDone = writers.stream().allMatch(Future::isDone);
            var requests = workspaces.stream()
                    .map(workspaceId -> new ChangesRequest(workspaceId, positions.get(workspaceId)))
                    .toList();
            var hasMore = false;
            for (var changed : changes.since(requests, 3, deadline)) {
                assertThat(changed.status()).isNotEqualTo(Status.LOST);
                hasMore |= changed.status() == Status.MORE;
                positions.put(changed.workspaceId(), changed.position());
                var known = told.computeIfAbsent(changed.workspaceId(), id -> new HashMap<>());
                for (var trace : changed.traces()) {
                    assertThat(trace.summary().workspaceId()).isEqualTo(changed.workspaceId());
                    var before = known.put(trace.summary().traceId(), trace);
                    assertThat(before == null || before.revision() < trace.revision())
                            .as("each is told once: %s, then %s", before, trace)
                            .isTrue();
                }
            }
            if (areDone && !hasMore) {
                for (var writer : writers) {
                    writer.get();
                }
                return told;
            }
        }
    }

    private Map<String, StoredTrace> all(UUID workspaceId) {
        Map<String, StoredTrace> all = new HashMap<>();
        for (var trace = 1; trace <= TRACES; trace++) {
            reader.summary(workspaceId, TestSpan.traceId(trace), deadline)
                    .ifPresent(stored -> all.put(stored.summary().traceId(), stored));
        }
        return all;
    }
}
