package io.deploytrace.store.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** One real server for all tests of a JVM. It stops with the JVM. */
final class PostgresServer {

    private static final String TEMPLATE = "deploytrace_template";
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private PostgresServer() {}

    private static EmbeddedPostgres start() {
        try {
            var server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("timezone", TestDataSource.TIME_ZONE)
                    .start();
            try (var connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + TEMPLATE);
            }
            var template = new PGSimpleDataSource();
            template.setUrl(server.getJdbcUrl("postgres", TEMPLATE));
            new PostgresSchema(template).migrate();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static String createDatabase(boolean migrated) {
        return copyDatabase(migrated ? TEMPLATE : "template0");
    }

    /** A copy of a database to which nobody is connected. */
    static String copyDatabase(String original) {
        var name = "test_" + DATABASES.incrementAndGet();
        execute("create database " + name + " template " + original + " strategy file_copy");
        return name;
    }

    static void dropDatabase(String name) {
        execute("drop database " + name + " with (force)");
    }

    static String url(String database) {
        return SERVER.getJdbcUrl("postgres", database);
    }

    private static void execute(String sql) {
        try (var connection = SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }
}
