package io.deploytrace.buffer.torture;

import io.deploytrace.embedded.postgres.SharedDatabase;
import io.deploytrace.store.postgres.PostgresSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A durable PostgreSQL that is killed and comes back. Used by one thread. */
final class TortureDatabase implements AutoCloseable {

    private static final Path TEMPLATE = Path.of("target", "torture-template").toAbsolutePath();

    private final Path directory;
    private final Deque<SharedDatabase> handles = new ArrayDeque<>();

    private TortureDatabase(Path directory) {
        this.directory = directory;
        handles.push(SharedDatabase.open(directory));
    }

    /** A new one in the directory, which must not exist yet, with our tables and nothing in them. */
    static TortureDatabase create(Path directory) throws Exception {
        makeTemplate();
        copy(TEMPLATE, directory);
        return new TortureDatabase(directory);
    }

    /** Making a database takes seconds, copying one doesn't. */
    private static synchronized void makeTemplate() throws Exception {
        if (Files.exists(TEMPLATE)) {
            return;
        }
        var unfinished = TEMPLATE.resolveSibling(
                "torture-template-unfinished-" + ProcessHandle.current().pid());
        Files.createDirectories(unfinished);
        try (var database = SharedDatabase.open(unfinished)) {
            new PostgresSchema(database.dataSource()).migrate();
        }
        Files.move(unfinished, TEMPLATE);
    }

    private static void copy(Path from, Path to) throws Exception {
        var copy = new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                .inheritIO()
                .start();
        if (copy.waitFor() != 0) {
            throw new IOException("cp failed");
        }
    }

    int port() {
        return handles.element().port();
    }

    String user() {
        return handles.element().user();
    }

    String password() {
        return handles.element().password();
    }

    /** Where it is, through the proxy that listens on the port. */
    static String url(int proxyPort) {
        return "jdbc:postgresql://127.0.0.1:" + proxyPort + "/deploytrace";
    }

    DataSource dataSource() {
        return handles.element().dataSource();
    }

    void execute(String sql) throws SQLException {
        try (var connection = dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** SIGKILL for all of its processes. */
    void kill() throws Exception {
        var postmaster =
                Long.parseLong(Files.readAllLines(directory.resolve("data").resolve("postmaster.pid"))
                        .get(0));
        var process = ProcessHandle.of(postmaster).orElseThrow();
        var all = Stream.concat(Stream.of(process), process.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (var each : all) {
            var unused = each.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    /** Starts it after it was killed, on another port if somebody's connection took that one meanwhile. */
    void restart() {
        handles.push(SharedDatabase.open(directory));
    }

    @Override
    public void close() {
        handles.forEach(SharedDatabase::close);
    }
}
