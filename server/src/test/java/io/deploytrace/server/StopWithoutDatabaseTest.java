package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import io.deploytrace.store.postgres.PostgresLeases;
import io.deploytrace.store.postgres.PostgresMaintenance;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.store.postgres.PostgresWorkspaces;
import io.deploytrace.testkit.Await;
import io.deploytrace.testkit.FaultPlan;
import io.deploytrace.testkit.FaultProxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is told to stop doesn't wait for a database that doesn't answer any longer than the manual says. */
@Timeout(120)
class StopWithoutDatabaseTest {

    /** A second for requests in flight, ten for all else, and as many as a slow machine may need. */
    private static final Duration BOUND = Duration.ofSeconds(1 + 10 + 10);

    private static DeploytraceServer server(TestDatabase database, FaultProxy network) {
        var source = database.dataSource(network.port());
        var maintenance = new PostgresMaintenance(source);
        var leases = new PostgresLeases(source);
        return DeploytraceServer.builder(PostgresSpanStore.builder(source).build())
                .workspaces(new PostgresWorkspaces(source))
                .retention(maintenance, leases, Duration.ofSeconds(1))
                .reindexing(maintenance, leases, Duration.ofSeconds(1))
                .limits(ServerLimits.DEFAULTS.withShutdownTimeout(Duration.ofSeconds(1)))
                .port(0)
                .build();
    }

    @Test
    void stop_whileTheDatabaseDoesNotAnswer_isBounded() throws Exception {
        try (var database = TestDatabase.create();
                var network = FaultProxy.to(database.port(), FaultPlan.none())) {
            var server = server(database, network);
            server.start();
            Await.until(() -> Metrics.value(server.port(), "deploytrace_retention_last_success_timestamp_seconds") > 0);
            network.blackHole();
            var client = WebClient.of("h2c://127.0.0.1:" + server.port());
            var request = CompletableFuture.supplyAsync(() -> Otlp.export(client, Otlp.http()));
            Await.until(() -> Metrics.value(server.port(), "deploytrace_requests_in_flight") == 1);

            assertThat(CompletableFuture.runAsync(server::close)).succeedsWithin(BOUND);
            assertThat(request).isDone();
        }
    }
}
