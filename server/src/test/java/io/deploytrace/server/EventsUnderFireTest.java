package io.deploytrace.server;

import static io.deploytrace.vocabulary.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.testkit.Await;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many writers, whose transactions commit in any order or not at all, against clients of two servers that come and go. */
@Timeout(120)
class EventsUnderFireTest {

    private static final int WRITERS = 8;
    private static final int TRACES = 25;
    private static final long SEED = Long.getLong("events.seed", 20_261_123);

    private EventServers servers;
    private UUID workspace;
    private UUID other;

    @BeforeEach
    void start() throws Exception {
        servers = EventServers.start(Duration.ofMillis(50));
        workspace = servers.workspace("watched");
        other = servers.workspace("other");
    }

    @AfterEach
    void stop() throws Exception {
        servers.close();
    }

    @Test
    void eachServer_tellsTheLastRevisionOfEachTrace_andNothingElse() throws Exception {
        System.out.println("events.seed=" + SEED);
        try (var first = servers.first.listen(workspace, null).connected();
                var second = servers.second.listen(workspace, null).connected();
                var restless = new RestlessClient(servers, workspace, new Random(SEED))) {
            for (var writer : write()) {
                while (!writer.isDone()) {
                    restless.reconnect();
                }
                writer.get();
            }
            var stored = servers.revisions(workspace);

            Await.until(() -> first.revisions().equals(stored));
            Await.until(() -> second.revisions().equals(stored));
            Await.until(() -> restless.revisions().equals(stored));
            System.out.printf(
                    "%d traces; events: %d, %d; over %d connections: %d%n",
                    stored.size(),
                    first.events().size(),
                    second.events().size(),
                    restless.connections(),
                    restless.events());
            assertThat(stored).hasSize(WRITERS * TRACES);
            assertThat(servers.revisions(other)).hasSize(WRITERS * TRACES);
            for (var client : List.of(first, second)) {
                assertThat(client.events())
                        .allMatch(event -> event.name().equals("trace"))
                        .allMatch(event -> event.data().get("workspaceId").equals(workspace.toString()))
                        .allMatch(event -> !"undone".equals(event.data().get("trigger")));
            }
        }
    }

    private List<Future<?>> write() {
        var pool = Executors.newFixedThreadPool(WRITERS);
        var writers = new ArrayList<Future<?>>();
        for (var writer = 0; writer < WRITERS; writer++) {
            writers.add(pool.submit(writer(SEED + writer)));
        }
        pool.shutdown();
        return writers;
    }

    private Callable<Void> writer(long seed) {
        return () -> {
            var random = new Random(seed);
            var fixtures = new Fixtures(seed);
            for (var i = 0; i < TRACES; i++) {
                grow(fixtures, other);
                change(grow(fixtures, workspace), random);
            }
            return null;
        };
    }

    /** A trace of two writes. */
    private String grow(Fixtures fixtures, UUID owner) {
        var trace = fixtures.trace(owner).target("shop");
        var root = trace.root(COMPLETED);
        servers.store().write(trace.spans(), EventServers.deadline());
        trace.add(root, "Planning", Phase.PLANNING, NodeType.PHASE, COMPLETED);
        servers.store().write(trace.spans(), EventServers.deadline());
        return trace.traceId();
    }

    /** By SQL, in a transaction that takes its time, and is undone now and then. */
    private void change(String traceId, Random random) throws SQLException {
        var undone = random.nextInt(4) == 0;
        try (var connection = servers.connection()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute(
                        "UPDATE deployment_trace SET revision = revision + 1, updated_at = clock_timestamp(), trigger = '"
                                + (undone ? "undone" : "changed") + "' WHERE trace_id = '" + traceId + "'");
                statement.execute("SELECT pg_sleep(" + random.nextInt(150) / 1_000.0 + ")");
            }
            if (undone) {
                connection.rollback();
            } else {
                connection.commit();
            }
        }
    }
}
