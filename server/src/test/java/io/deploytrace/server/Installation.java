package io.deploytrace.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.deploytrace.recorder.JobReference;
import io.deploytrace.recorder.JobTokens;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import io.deploytrace.store.postgres.PostgresApiKeys;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.store.postgres.PostgresTraceChanges;
import io.deploytrace.store.postgres.PostgresWorkspaces;
import io.deploytrace.testkit.FaultPlan;
import io.deploytrace.testkit.FaultProxy;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A whole server on a database of its own, which asks for credentials. Between the two is a network that can be disturbed; what the
 * test itself reads goes around it.
 */
final class Installation implements AutoCloseable {

    /** What signs job tokens. */
    static final JobTokens TOKENS = JobTokens.ofKeys("tests:a secret of more than 32 bytes for tests alone");

    private final TestDatabase database = TestDatabase.create();
    private final PGSimpleDataSource direct;
    private final FaultProxy network;
    private final HikariDataSource pool;
    private final DeploytraceServer server;

    private Installation(ServerLimits limits) throws Exception {
        direct = database.dataSource(database.port());
        network = FaultProxy.to(database.port(), FaultPlan.none());
        pool = pool(network.port());
        var store = PostgresSpanStore.builder(pool).build();
        server = DeploytraceServer.builder(store)
                .reader(store)
                .changes(new PostgresTraceChanges(pool))
                .workspaces(new PostgresWorkspaces(pool))
                .port(0)
                .authenticationRequired(true)
                .apiKeys(new PostgresApiKeys(pool))
                .jobTokens(TOKENS)
                .limits(limits)
                .build();
        server.start();
    }

    static Installation start() throws Exception {
        return start(ServerLimits.DEFAULTS);
    }

    static Installation start(ServerLimits limits) throws Exception {
        return new Installation(limits);
    }

    private HikariDataSource pool(int port) {
        var configuration = new HikariConfig();
        configuration.setDataSource(database.dataSource(port));
        configuration.setMaximumPoolSize(8);
        configuration.setConnectionTimeout(10_000);
        configuration.setValidationTimeout(500);
        return new HikariDataSource(configuration);
    }

    int port() {
        return server.port();
    }

    /** Where it is, without a path. */
    String url() {
        return server.url();
    }

    /** Between the server and the database. */
    FaultProxy network() {
        return network;
    }

    /** What is stored. */
    PostgresSpanStore store() {
        return PostgresSpanStore.builder(direct).build();
    }

    /** Creates a workspace. */
    UUID workspace(String name) {
        return new PostgresWorkspaces(direct).create(name, deadline()).id();
    }

    /** Creates a workspace of a settled id. */
    UUID workspace(UUID id) throws SQLException {
        query("INSERT INTO workspace (id) VALUES ('" + id + "') RETURNING id");
        return id;
    }

    /** Creates a key; null for all workspaces. */
    String key(Role role, @Nullable UUID workspace) {
        return keys().create(role, workspace, null, null, deadline()).secret();
    }

    PostgresApiKeys keys() {
        return new PostgresApiKeys(direct);
    }

    /** A job of a controller's trace of which nothing needs to be stored. */
    static JobReference job(UUID workspace, String traceId, String jobId) {
        return new JobReference(
                workspace.toString(), traceId, "00000000000000aa", jobId, "shop-production", "release-7");
    }

    /** The first column of a query, as text. */
    List<String> query(String sql) throws SQLException {
        try (var connection = direct.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    static Deadline deadline() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    @Override
    public void close() throws IOException, SQLException {
        try {
            network.heal();
            server.close();
        } finally {
            pool.close();
            network.close();
            database.close();
        }
    }
}
