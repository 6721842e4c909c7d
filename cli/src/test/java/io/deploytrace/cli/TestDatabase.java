package io.deploytrace.cli;

import io.deploytrace.embedded.postgres.SharedDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** Databases for tests, on one server that is stopped when the tests end. */
final class TestDatabase {

    /** The server's data directory, for what is to run against the embedded database. */
    static final Path DIRECTORY = Path.of("target", "test database").toAbsolutePath();

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** What every server of PostgreSQL makes its databases from. */
    private static final String EMPTY = "template1";

    private TestDatabase() {}

    private static final class Server {
        private static final SharedDatabase SHARED = SharedDatabase.open(DIRECTORY);
    }

    /** Migrated once and copied from then on, which takes a tenth of the time. */
    private static final class Template {
        private static final String NAME = migrate();

        private static String migrate() {
            try {
                var name = create(EMPTY);
                var result = TestProgram.create().run("migrate", "--database-url", url(name));
                if (result.exitCode() != 0) {
                    throw new IllegalStateException(result.err());
                }
                return name;
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    static SharedDatabase server() {
        return Server.SHARED;
    }

    /** The URL of a new, empty database, with user and password. */
    static String createEmpty() throws SQLException {
        return url(create(EMPTY));
    }

    /** The URL of a new database with the schema. */
    static String createMigrated() throws SQLException {
        return url(create(Template.NAME));
    }

    private static String create(String template) throws SQLException {
        var server = server();
        var name = "test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name);
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        }
        return name;
    }

    private static String url(String name) {
        return server().url().replaceFirst("/deploytrace$", "/" + name);
    }
}
