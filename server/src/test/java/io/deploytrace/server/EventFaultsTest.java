package io.deploytrace.server;

import static io.deploytrace.vocabulary.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.testkit.Await;
import io.deploytrace.testkit.Fixtures;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of events while the database is away, and beside clients that don't read. */
@Timeout(120)
class EventFaultsTest {

    private static final Duration INTERVAL = Duration.ofMillis(100);

    /** The buffer and a page of each of two clients: 200 traces of less than 4 KiB. */
    private static final double MOST_WAITING = 2 * ((16 << 10) + (200 << 12));

    private final Fixtures fixtures = new Fixtures(3);
    private EventServers servers;
    private UUID workspace;

    @BeforeEach
    void start() throws Exception {
        servers = EventServers.start(INTERVAL);
        workspace = servers.workspace("watched");
    }

    @AfterEach
    void stop() throws Exception {
        servers.close();
    }

    private String write() {
        var trace = fixtures.trace(workspace).target("shop");
        trace.root(COMPLETED);
        servers.store().write(trace.spans(), EventServers.deadline());
        return trace.traceId();
    }

    @Test
    void databaseThatIsAway_endsNoStream_andNothingIsLost() throws Exception {
        try (var client = servers.first.listen(workspace, null).connected()) {
            client.await(write());
            servers.first.network().refuse();
            servers.first.network().cutAll();
            var missed = List.of(write(), write());
            var before = client.heartbeats();
            Await.until(() -> client.heartbeats() > before + 60);
            assertThat(client.isEnded()).isFalse();
            assertThat(client.revisions()).doesNotContainKeys(missed.get(0), missed.get(1));

            servers.first.network().heal();

            missed.forEach(client::await);
            assertThat(client.revisions()).isEqualTo(servers.revisions(workspace));
        }
    }

    @Test
    void databaseThatDoesNotAnswer_endsNoStream_andNothingIsLost() throws Exception {
        try (var client = servers.first.listen(workspace, null).connected()) {
            servers.first.network().blackHole();
            var missed = write();
            var before = client.heartbeats();
            Await.until(() -> client.heartbeats() > before + 20);

            servers.first.network().heal();

            client.await(missed);
        }
    }

    @Test
    void event_isThere_anIntervalAfterTheCommit() {
        try (var client = servers.first.listen(workspace, null).connected()) {
            client.await(write());
            var latencies = new ArrayList<Double>();
            for (var i = 0; i < 20; i++) {
                var traceId = write();
                var committed = System.nanoTime();
                client.await(traceId);
                latencies.add((System.nanoTime() - committed) / 1e6);
            }
            latencies.sort(null);

            System.out.printf(
                    "asked every %d ms: %.0f ms after the commit at the median, %.0f ms at the most%n",
                    INTERVAL.toMillis(), latencies.get(10), latencies.get(19));
            assertThat(latencies.get(19)).isLessThan(10_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1c", "h2c"})
    void clientThatDoesNotRead_isCutOff_whileOthersGoOn(String protocol) throws Exception {
        try (var deaf = new RawConnection(servers.first.port());
                var client = servers.first.listen(workspace, null).connected()) {
            deaf.get(protocol, "/api/v1/workspaces/" + workspace + "/events");
            Await.until(() -> metric("deploytrace_events_subscribers") == 2);
            changeMany();
            Await.until(() -> {
                assertThat(metric("deploytrace_events_waiting_bytes")).isLessThan(MOST_WAITING);
                return metric("deploytrace_events_subscribers") == 1;
            });

            Await.until(() -> client.revisions().size() == 8_001);
            assertThat(client.isEnded()).isFalse();
            client.await(write());
            assertThat(metric("deploytrace_events_cut_off_total")).isEqualTo(1);
        }
    }

    /** More than the sockets between hold, in one go: the connection itself ends too when nobody reads, but not as soon. */
    private void changeMany() throws SQLException {
        var traceId = write();
        try (var connection = servers.connection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO deployment_trace
                    SELECT (jsonb_populate_record(trace, jsonb_build_object(
                        'trace_id', lpad(to_hex(n), 32, '0'), 'cause_span_id', '00000000000000aa',
                        'cause_name', repeat('x', 1000), 'cause_message', repeat('y', 1000)))).*
                    FROM deployment_trace trace, generate_series(1, 8000) n
                    WHERE trace_id = '%s'
                    """.formatted(traceId));
        }
    }

    private double metric(String name) {
        return Metrics.value(servers.first.port(), name);
    }
}
