package io.deploytrace.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.store.postgres.PostgresTraceChanges;
import io.deploytrace.store.postgres.PostgresWorkspaces;
import io.deploytrace.testkit.FaultPlan;
import io.deploytrace.testkit.FaultProxy;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;

/** Two servers on one database, each with a network of its own between the two. What the test itself does goes around it. */
final class EventServers implements AutoCloseable {

    /** One of the servers. */
    static final class One implements AutoCloseable {

        private final FaultProxy network;
        private final HikariDataSource pool;
        private final DeploytraceServer server;

        private One(TestDatabase database, Duration interval) throws Exception {
            network = FaultProxy.to(database.port(), FaultPlan.none());
            var configuration = new HikariConfig();
            configuration.setDataSource(database.dataSource(network.port()));
            configuration.setMaximumPoolSize(8);
            configuration.setConnectionTimeout(5_000);
            configuration.setInitializationFailTimeout(30_000);
            configuration.setValidationTimeout(500);
            pool = new HikariDataSource(configuration);
            var store = PostgresSpanStore.builder(pool).build();
            var settings = DeploytraceServer.builder(store)
                    .reader(store)
                    .changes(new PostgresTraceChanges(pool))
                    .workspaces(new PostgresWorkspaces(pool))
                    .eventLimits(new EventLimits(interval, 64, 64, 16 << 10))
                    .limits(ServerLimits.DEFAULTS.withIdleTimeout(Duration.ofSeconds(2)))
                    .port(0);
            settings.eventHeartbeat = Duration.ofMillis(50);
            server = settings.build();
            server.start();
        }

        int port() {
            return server.port();
        }

        FaultProxy network() {
            return network;
        }

        EventClient listen(UUID workspace, String lastId) {
            return EventClient.listen("h2c://127.0.0.1:" + port(), "", workspace, lastId);
        }

        @Override
        public void close() throws IOException {
            network.heal();
            server.close();
            pool.close();
            network.close();
        }
    }

    private final TestDatabase database = TestDatabase.create();
    private final PGSimpleDataSource direct = database.dataSource(database.port());
    private final PostgresSpanStore store = PostgresSpanStore.builder(direct).build();
    final One first;
    final One second;

    private EventServers(Duration interval) throws Exception {
        first = new One(database, interval);
        second = new One(database, interval);
    }

    static EventServers start(Duration interval) throws Exception {
        return new EventServers(interval);
    }

    /** A writer that no server knows of. */
    PostgresSpanStore store() {
        return store;
    }

    Connection connection() throws SQLException {
        return direct.getConnection();
    }

    UUID workspace(String name) {
        return new PostgresWorkspaces(direct).create(name, deadline()).id();
    }

    /** The revision of each trace of a workspace as it is stored. */
    Map<String, Long> revisions(UUID workspace) {
        try (var connection = connection();
                var statement = connection.prepareStatement(
                        "SELECT trace_id, revision FROM deployment_trace WHERE workspace_id = ?")) {
            statement.setObject(1, workspace);
            var rows = statement.executeQuery();
            var revisions = new HashMap<String, Long>();
            while (rows.next()) {
                revisions.put(rows.getString(1), rows.getLong(2));
            }
            return revisions;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static Deadline deadline() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    @Override
    public void close() throws IOException, SQLException {
        first.close();
        second.close();
        database.close();
    }
}
