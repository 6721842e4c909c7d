package io.deploytrace.server;

import io.deploytrace.embedded.postgres.SharedDatabase;
import io.deploytrace.store.postgres.PostgresSchema;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** A migrated database on a PostgreSQL that all tests of a JVM share. Closing it drops it. */
final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final class Postgres {
        private static final SharedDatabase SHARED =
                SharedDatabase.open(Path.of("target", "test database").toAbsolutePath());
    }

    private final String name = "test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();

    private TestDatabase() {}

    static TestDatabase create() throws SQLException {
        var database = new TestDatabase();
        execute("DROP DATABASE IF EXISTS " + database.name);
        execute("CREATE DATABASE " + database.name);
        new PostgresSchema(database.dataSource(database.port())).migrate();
        return database;
    }

    /** The port where PostgreSQL itself listens. */
    int port() {
        return Postgres.SHARED.port();
    }

    /** A data source without a pool, by way of a port. */
    PGSimpleDataSource dataSource(int port) {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(name);
        source.setUser(Postgres.SHARED.user());
        source.setPassword(Postgres.SHARED.password());
        return source;
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = Postgres.SHARED.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        execute("DROP DATABASE " + name + " WITH (FORCE)");
    }
}
