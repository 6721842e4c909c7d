package io.deploytrace.cli;

import io.deploytrace.embedded.postgres.SharedDatabase;
import io.deploytrace.testkit.InstalledProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** A durable PostgreSQL that is stopped under its clients, and started again on its port. Used by one thread. */
final class RestartedDatabase implements AutoCloseable {

    private static final Path DIRECTORY =
            Path.of("target", "restarted database").toAbsolutePath();
    private static final String NAME = "load";

    /** How it is stopped, as PostgreSQL calls it, with the signal that asks for it. */
    enum Shutdown {
        /** Sessions are ended, and what they did not commit is rolled back. */
        FAST("INT"),
        /** All processes end at once; the next start recovers as after a crash. */
        IMMEDIATE("QUIT");

        private final String signal;

        Shutdown(String signal) {
            this.signal = signal;
        }
    }

    private final int port = InstalledProgram.freePort();
    private final Deque<SharedDatabase> handles = new ArrayDeque<>();

    private RestartedDatabase() {
        start();
    }

    /** Starts it, with an empty database. */
    static RestartedDatabase create() throws SQLException {
        var database = new RestartedDatabase();
        var server = database.handles.element();
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + NAME);
            statement.execute("CREATE DATABASE " + NAME);
        }
        return database;
    }

    /** Where it is, with user and password; the same after a restart. */
    String url() {
        return handles.element().url().replaceFirst("/deploytrace$", "/" + NAME);
    }

    /** Stops it, and waits until it has ended. */
    void stop(Shutdown how) throws Exception {
        var process = ProcessHandle.of(postmaster()).orElseThrow();
        var signal = new ProcessBuilder("kill", "-" + how.signal, Long.toString(process.pid()))
                .inheritIO()
                .start();
        if (signal.waitFor() != 0) {
            throw new IOException("PostgreSQL wasn't there to be stopped");
        }
        var unused = process.onExit().get(60, TimeUnit.SECONDS);
    }

    private static long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(DIRECTORY.resolve("data").resolve("postmaster.pid"))
                .get(0));
    }

    /** Starts it, and waits until it takes connections. */
    void start() {
        handles.push(SharedDatabase.open(DIRECTORY, port));
    }

    @Override
    public void close() {
        handles.forEach(SharedDatabase::close);
    }
}
