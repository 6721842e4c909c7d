package io.deploytrace.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A data directory for one test, which is removed after it, whatever still runs in it. */
final class TestDirectory implements BeforeEachCallback, AfterEachCallback {

    /** Unpacked once for all tests. */
    private static final Path BINARIES = Path.of("target", "test-binaries").toAbsolutePath();

    /** Made once for all tests that don't look at how it is made. */
    private static final Path DATABASE = Path.of("target", "test-database").toAbsolutePath();

    private final boolean empty;
    private Path base = Path.of("");

    private TestDirectory(boolean empty) {
        this.empty = empty;
    }

    /** Without anything in it but PostgreSQL's programs. */
    static TestDirectory empty() {
        return new TestDirectory(true);
    }

    /** With a database, stopped, that has a table {@code kept} with one row, {@code answer} 42. */
    static TestDirectory withDatabase() {
        return new TestDirectory(false);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        base = Files.createTempDirectory("embedded-postgres-test");
        if (empty) {
            createEmpty(path());
        } else {
            createDatabase();
            copy(DATABASE, path());
        }
    }

    private static void createEmpty(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.createDirectories(BINARIES);
        Files.createSymbolicLink(directory.resolve("binaries"), BINARIES);
    }

    private static void createDatabase() throws Exception {
        if (!Files.exists(DATABASE)) {
            createEmpty(DATABASE);
            try (var database = SharedDatabase.open(DATABASE)) {
                execute(database, "CREATE TABLE kept AS SELECT 42 AS answer");
            }
        }
    }

    /** With all that belongs to its files. */
    static void copy(Path from, Path to) throws Exception {
        var copy = new ProcessBuilder("cp", "-a", from.toString(), to.toString())
                .inheritIO()
                .start();
        if (copy.waitFor() != 0) {
            throw new IOException("cp failed");
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        var left = postmaster();
        if (left != null) {
            kill(left);
            throw new AssertionError("a server was left running");
        }
        try (var paths = Files.walk(base)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    Path path() {
        return base.resolve("data directory");
    }

    /** The running server's process, or null. */
    ProcessHandle postmaster() throws IOException {
        return Postmaster.find(DataDirectory.prepare(path()))
                .map(Postmaster::process)
                .orElse(null);
    }

    /** SIGKILL, and waits for its end. */
    static void kill(ProcessHandle process) throws Exception {
        process.destroyForcibly();
        process.onExit().get(30, TimeUnit.SECONDS);
    }

    static void execute(SharedDatabase database, String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String query(SharedDatabase database, String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
