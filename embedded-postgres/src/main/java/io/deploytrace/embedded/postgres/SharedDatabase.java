package io.deploytrace.embedded.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * A PostgreSQL server that belongs to a data directory and is shared by the programs that have it open: the first to
 * open it starts the server, the last to close it stops it. A server that outlived a killed program is taken
 * over by the next.
 *
 * <p>It is durable (fsync, synchronous_commit and full_page_writes are on) and private: it listens on
 * the loopback address alone, its one user has a random password, and only the owner of the data directory can read
 * that password and the data. It needs about a tenth of a second to start on existing data, and a few seconds the first
 * time. Linux and macOS; also as root where {@code unshare -U} is allowed.
 *
 * <p>A data directory must not be shared between machines or containers: they don't see each other's server.
 *
 * <p>Instances are safe for use by several threads.
 */
public final class SharedDatabase implements AutoCloseable {

    /** What this process has open, by data directory. */
    private static final Map<Path, Shared> OPEN = new HashMap<>();

    private final Shared shared;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SharedDatabase(Shared shared) {
        this.shared = shared;
    }

    /** One data directory in this process, however often it is open. */
    private static final class Shared {

        private final Path root;
        private final DatabaseSession session;
        private final Thread hook = new Thread(this::end, "deploytrace-database-stop");
        private int users;
        private Connection connection = new Connection(0, "");

        private Shared(Path root, DatabaseSession session) {
            this.root = root;
            this.session = session;
        }

        /** A process that ends without closing leaves as if it had. */
        private void end() {
            session.giveUp();
            synchronized (OPEN) {
                if (users > 0) {
                    users = 0;
                    OPEN.remove(root);
                    session.leave();
                }
            }
        }
    }

    /**
     * Opens the database in the directory, which is created if it isn't there; starts the server unless it runs.
     *
     * @throws EmbeddedDatabaseException if the directory can't be used (not writable, someone else's, holding other files, the disk full, data of
     *     another major version) or the server can't be started
     */
    public static SharedDatabase open(Path dataDirectory) {
        return open(dataDirectory, 0);
    }

    /**
     * As {@link #open(Path)}, on a port of the caller's choice.
     *
     * @param port where the server must listen, 1 to 65535; 0 for the port of the last time, or any if that is taken
     * @throws EmbeddedDatabaseException also if the port is taken, or the server runs already and listens elsewhere
     */
    public static SharedDatabase open(Path dataDirectory, int port) {
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, but is " + port);
        }
        var directory = DataDirectory.prepare(dataDirectory);
        synchronized (OPEN) {
            var shared = OPEN.get(directory.root());
            return shared == null ? openFirst(directory, port) : openAgain(shared, port);
        }
    }

    private static SharedDatabase openFirst(DataDirectory directory, int port) {
        var shared = new Shared(directory.root(), DatabaseSession.open(directory));
        shared.users = 1;
        Runtime.getRuntime().addShutdownHook(shared.hook);
        try {
            shared.connection = shared.session.enter(port);
        } catch (RuntimeException e) {
            close(shared, e);
            throw e;
        }
        OPEN.put(directory.root(), shared);
        return new SharedDatabase(shared);
    }

    /** The server may have been killed meanwhile. */
    private static SharedDatabase openAgain(Shared shared, int port) {
        shared.connection = shared.session.reenter(port);
        shared.users++;
        return new SharedDatabase(shared);
    }

    private static void close(Shared shared, RuntimeException failure) {
        try {
            close(shared);
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        }
    }

    /** The hook stays until the end: were it gone, a signal now would leave the server running. */
    private static void close(Shared shared) {
        shared.users = 0;
        OPEN.remove(shared.root);
        try {
            shared.session.leave();
        } finally {
            removeHook(shared);
        }
    }

    private static void removeHook(Shared shared) {
        try {
            Runtime.getRuntime().removeShutdownHook(shared.hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook is waiting, and will find nothing left to do.
        }
    }

    /** Gives the database back; the last program to do so stops the server. Closing again does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            synchronized (OPEN) {
                if (shared.users == 1) {
                    close(shared);
                } else if (shared.users > 1) {
                    shared.users--;
                }
            }
        }
    }

    private Connection connection() {
        synchronized (OPEN) {
            return shared.connection;
        }
    }

    /** Connects to it, with one new connection each time; pool it where many are needed. */
    public DataSource dataSource() {
        return connection().dataSource();
    }

    /** Where it is, for JDBC; without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + Connection.HOST + ":" + port() + "/" + Connection.DATABASE;
    }

    /** Where it is, for psql and other programs; with user and password, so not for logs. */
    public String url() {
        var connection = connection();
        return "postgres://" + Connection.USER + ":" + connection.password() + "@" + Connection.HOST + ":"
                + connection.port() + "/" + Connection.DATABASE;
    }

    /** The port where it listens on the loopback address. */
    public int port() {
        return connection().port();
    }

    /** Its one user, a superuser. */
    public String user() {
        return Connection.USER;
    }

    /** The user's password. */
    public String password() {
        return connection().password();
    }

    /** Completes when the server ends, also when it was killed. */
    public CompletableFuture<Void> onExit() {
        try {
            return shared.session
                    .postmaster()
                    .map(postmaster -> postmaster.process().onExit().<Void>thenApply(process -> null))
                    .orElseGet(() -> CompletableFuture.completedFuture(null));
        } catch (IOException e) {
            throw Failures.ofFile("The embedded database can't be watched", e);
        }
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "SharedDatabase[" + connection() + "]";
    }
}
