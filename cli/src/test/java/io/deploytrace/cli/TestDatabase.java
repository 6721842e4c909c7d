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

    private TestDatabase() {}

    private static final class Server {
        private static final SharedDatabase SHARED = SharedDatabase.open(DIRECTORY);
    }

    static SharedDatabase server() {
        return Server.SHARED;
    }

    /** The URL of a new, empty database, with user and password. */
    static String createEmpty() throws SQLException {
        var server = server();
        var name = "test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name);
            statement.execute("CREATE DATABASE " + name);
        }
        return server.url().replaceFirst("/deploytrace$", "/" + name);
    }

    /** The URL of a new database with the schema. */
    static String createMigrated() throws SQLException {
        var url = createEmpty();
        var result = TestProgram.create().run("migrate", "--database-url", url);
        if (result.exitCode() != 0) {
            throw new IllegalStateException(result.err());
        }
        return url;
    }
}
