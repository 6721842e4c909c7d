package io.deploytrace.server;

import com.zaxxer.hikari.HikariDataSource;
import io.deploytrace.recorder.JobReference;
import io.deploytrace.recorder.JobTokens;
import io.deploytrace.remote.RemoteSpanWriter;
import io.deploytrace.server.ingest.IngestLimits;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceMaintenance;
import io.deploytrace.store.postgres.PostgresApiKeys;
import io.deploytrace.store.postgres.PostgresMaintenance;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.store.postgres.PostgresWorkspaces;
import io.deploytrace.testkit.FaultPlan;
import io.deploytrace.testkit.FaultProxy;
import io.deploytrace.testkit.StoreUnderTest;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A server that asks for keys, on a database of its own, to write to from afar. It can be stopped and started again. Between it and the
 * database is a network that can be disturbed; what a test reads goes around it.
 */
final class RemoteFixture implements AutoCloseable {

    private final JobTokens tokens = JobTokens.ofKeys("k1:the secret that signs the tokens of these tests");
    private final TestDatabase database = TestDatabase.create();
    private final FaultProxy network;
    private final HikariDataSource direct;
    private final HikariDataSource throughNetwork;
    private final IngestLimits ingestLimits;
    private @Nullable DeploytraceServer server;
    private int port;

    private RemoteFixture(IngestLimits ingestLimits) throws Exception {
        this.ingestLimits = ingestLimits;
        network = FaultProxy.to(database.port(), FaultPlan.none());
        direct = pool(database.port());
        throughNetwork = pool(network.port());
    }

    /** A server that has started. */
    static RemoteFixture start(IngestLimits ingestLimits) throws Exception {
        var fixture = new RemoteFixture(ingestLimits);
        fixture.start();
        return fixture;
    }

    private HikariDataSource pool(int port) {
        var pool = new HikariDataSource();
        pool.setDataSource(database.dataSource(port));
        return pool;
    }

    /** Starts the server, where it was if it was stopped. */
    void start() throws IOException {
        server = DeploytraceServer.builder(
                        PostgresSpanStore.builder(throughNetwork).build())
                .port(port)
                .authenticationRequired(true)
                .apiKeys(new PostgresApiKeys(throughNetwork))
                .jobTokens(tokens)
                .ingestLimits(ingestLimits)
                .build();
        server.start();
        port = server.port();
    }

    /** Stops the server; its database goes on. */
    void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    int port() {
        return port;
    }

    /** Between the server and the database. */
    FaultProxy network() {
        return network;
    }

    /** What is stored. */
    PostgresSpanStore store() {
        return PostgresSpanStore.builder(direct).build();
    }

    PostgresApiKeys keys() {
        return new PostgresApiKeys(direct);
    }

    UUID newWorkspace() {
        return new PostgresWorkspaces(direct)
                .create(UUID.randomUUID().toString(), soon())
                .id();
    }

    /** A key for a workspace; null for all. */
    String key(Role role, @Nullable UUID workspace) {
        return keys().create(role, workspace, null, null, soon()).secret();
    }

    /** A writer with the token of a job. */
    RemoteSpanWriter writerOf(JobReference job) {
        return writer(tokens.issue(job), port);
    }

    /** A writer with a key for a workspace; null for all. */
    RemoteSpanWriter writer(@Nullable UUID workspace) {
        return writer(key(Role.WRITE, workspace), port);
    }

    /** A writer with a key, by way of a port. */
    static RemoteSpanWriter writer(String key, int port) {
        return RemoteSpanWriter.builder(URI.create("http://127.0.0.1:" + port))
                .key(key)
                .build();
    }

    /** The store as it is from afar: written to through the server. */
    StoreUnderTest storeFromAfar() {
        var writer = writer(null);
        var reader = store();
        var maintenance = new PostgresMaintenance(direct);
        return new StoreUnderTest() {
            @Override
            public SpanWriter writer() {
                return writer;
            }

            @Override
            public SpanReader reader() {
                return reader;
            }

            @Override
            public TraceMaintenance maintenance() {
                return maintenance;
            }

            @Override
            public TimeRange times() {
                return new TimeRange(RemoteSpanWriter.EARLIEST_TIME, RemoteSpanWriter.LATEST_TIME.plusNanos(1));
            }

            @Override
            public UUID newWorkspace() {
                return RemoteFixture.this.newWorkspace();
            }
        };
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    @Override
    public void close() throws IOException, SQLException {
        network.heal();
        stop();
        throughNetwork.close();
        direct.close();
        network.close();
        database.close();
    }
}
