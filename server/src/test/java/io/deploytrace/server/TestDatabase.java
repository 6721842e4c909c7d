package io.deploytrace.server;

import io.deploytrace.embedded.postgres.SharedDatabase;
import io.deploytrace.store.postgres.PostgresSchema;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** A migrated database on a PostgreSQL that all tests of a JVM share. Closing it drops it. */
public final class TestDatabase implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final class Postgres {
        private static final SharedDatabase SHARED =
                SharedDatabase.open(Path.of("target", "test database").toAbsolutePath());
    }

    /** Migrated once and copied from then on, which takes a tenth of the time. */
    private static final class Template {
        private static final String NAME = migrate();

        private static String migrate() {
            try {
                var database = new TestDatabase("template1");
                new PostgresSchema(database.dataSource(database.port())).migrate();
                return database.name;
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private final String name = "test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();

    private TestDatabase(String template) throws SQLException {
        execute("DROP DATABASE IF EXISTS " + name);
        execute("CREATE DATABASE " + name + " TEMPLATE " + template);
    }

    /** A new one. */
    public static TestDatabase create() throws SQLException {
        return new TestDatabase(Template.NAME);
    }

    /** The port where PostgreSQL itself listens. */
    public int port() {
        return Postgres.SHARED.port();
    }

    /** A data source without a pool, by way of a port. */
    public PGSimpleDataSource dataSource(int port) {
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
