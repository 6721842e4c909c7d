package io.deploytrace.benchmarks;

import io.deploytrace.embedded.postgres.SharedDatabase;
import io.deploytrace.store.postgres.PostgresSchema;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The embedded PostgreSQL with durable settings, the same for every writer. Of PostgreSQL's own defaults only those are
 * changed that would let a checkpoint or a vacuum fall into one round or another by chance.
 */
final class BenchmarkServer implements AutoCloseable {

    private static final List<String> SHOWN = List.of(
            "server_version",
            "fsync",
            "synchronous_commit",
            "full_page_writes",
            "shared_buffers",
            "max_wal_size",
            "checkpoint_timeout",
            "autovacuum");

    private static final String SPECIFICATION = "specification_template";
    private static final String OURS = "ours_template";

    private final SharedDatabase server;
    private final ProcessHandle postmaster;
    private final List<UUID> workspaces;

    private BenchmarkServer(SharedDatabase server, List<UUID> workspaces) throws SQLException {
        this.server = server;
        this.postmaster = postmaster(dataSource("postgres", server.port()));
        this.workspaces = workspaces;
    }

    /** The server process: the parent of those that serve connections. */
    private static ProcessHandle postmaster(DataSource dataSource) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            var backend = connection.unwrap(PGConnection.class).getBackendPID();
            return ProcessHandle.of(backend).flatMap(ProcessHandle::parent).orElseThrow();
        }
    }

    /** Starts a server on a new directory; its databases have these workspaces. */
    static BenchmarkServer start(Path directory, List<UUID> workspaces) throws SQLException {
        var server = new BenchmarkServer(SharedDatabase.open(directory), workspaces);
        var root = server.root();
        root.execute("ALTER SYSTEM SET max_wal_size = '8GB'");
        root.execute("ALTER SYSTEM SET checkpoint_timeout = '1h'");
        root.execute("ALTER SYSTEM SET autovacuum = off");
        root.execute("SELECT pg_reload_conf()");
        server.makeTemplates();
        return server;
    }

    /** A new database with the specification's table. */
    Database specification(String name) throws SQLException {
        return copyOf(SPECIFICATION, name);
    }

    /** A new database with our tables. */
    Database ours(String name) throws SQLException {
        return copyOf(OURS, name);
    }

    private Database copyOf(String template, String name) throws SQLException {
        root().execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        return database(name);
    }

    private void makeTemplates() throws SQLException {
        root().execute("CREATE DATABASE " + SPECIFICATION);
        database(SPECIFICATION).execute(Resources.read("specification.sql"));
        root().execute("CREATE DATABASE " + OURS);
        new PostgresSchema(database(OURS).dataSource()).migrate();
        for (var workspace : workspaces) {
            var insert = "INSERT INTO workspace (id) VALUES ('" + workspace + "')";
            database(SPECIFICATION).execute(insert);
            database(OURS).execute(insert);
        }
    }

    private Database root() {
        return database("postgres");
    }

    private Database database(String name) {
        return new Database(dataSource(name, server.port()));
    }

    /** Connects to a database through another port. */
    PGSimpleDataSource dataSource(String name, int port) {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(name);
        source.setUser(server.user());
        source.setPassword(server.password());
        return source;
    }

    int port() {
        return server.port();
    }

    /** The processor time that all of the server's processes have used. */
    Duration processorTime() {
        return Stream.concat(Stream.of(postmaster), postmaster.descendants())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** What it is set to. */
    List<String> settings() throws SQLException {
        var settings = new ArrayList<String>();
        for (var name : SHOWN) {
            settings.add(name + " = " + root().value("SHOW " + name));
        }
        return settings;
    }

    @Override
    public void close() {
        server.close();
    }
}
