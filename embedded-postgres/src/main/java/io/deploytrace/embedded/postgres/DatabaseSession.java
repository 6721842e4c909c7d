package io.deploytrace.embedded.postgres;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** This program's part in a shared database: holds the locks, and starts, adopts, mends and stops the server. */
final class DatabaseSession {

    /** How long a server may take to recover after it was killed, or to finish stopping. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String WRONG_PASSWORD = "28P01";
    private static final String UNKNOWN_ROLE = "28000";
    private static final String UNKNOWN_DATABASE = "3D000";

    private final DataDirectory directory;
    private final Locks locks;
    private volatile boolean givenUp;

    private DatabaseSession(DataDirectory directory, Locks locks) {
        this.directory = directory;
        this.locks = locks;
    }

    static DatabaseSession open(DataDirectory directory) {
        try {
            return new DatabaseSession(directory, new Locks(directory));
        } catch (IOException e) {
            throw Failures.ofFile("The data directory " + directory.root() + " can't be used", e);
        }
    }

    /** Joins the programs that use the server, and makes sure that it runs; on the port, unless that is 0. */
    Connection enter(int port) {
        return underStartLock(() -> {
            locks.enter();
            return ensureRunning(port);
        });
    }

    /** Makes sure that it still runs: it may have been killed. */
    Connection reenter(int port) {
        return underStartLock(() -> ensureRunning(port));
    }

    /** Ends what waits for another program, because this one is about to end. */
    void giveUp() {
        givenUp = true;
    }

    private interface Step {
        Connection run() throws IOException;
    }

    private Connection underStartLock(Step step) {
        try {
            locks.lockStart(() -> givenUp);
            try {
                return step.run();
            } finally {
                locks.unlockStart();
            }
        } catch (IOException e) {
            throw Failures.ofFile("The embedded database in " + directory.root() + " could not be started", e);
        }
    }

    /** Leaves them; the last one stops the server. */
    void leave() {
        try (locks) {
            locks.lockStart(() -> false);
            if (locks.leave() && Postmaster.find(directory).isPresent()) {
                server().stop();
            }
        } catch (IOException e) {
            throw Failures.ofFile("The embedded database in " + directory.root() + " could not be stopped", e);
        }
    }

    Optional<Postmaster> postmaster() throws IOException {
        return Postmaster.find(directory);
    }

    private Connection ensureRunning(int port) throws IOException {
        var cluster = new Cluster(directory);
        if (cluster.exists()) {
            cluster.requireVersion();
        }
        var saved = Connection.read(directory);
        var running = Postmaster.find(directory);
        if (running.isPresent()) {
            var adopted = saved.flatMap(
                    connection -> adopt(connection.withPort(running.get().port()), running.get()));
            if (adopted.isPresent()) {
                requirePort(adopted.get(), port);
                adopted.get().save(directory);
                return adopted.get();
            }
            server().stop();
        }
        var connection = start(cluster, saved.orElseGet(() -> new Connection(0, Connection.newPassword())), port);
        connection.save(directory);
        return connection;
    }

    private void requirePort(Connection connection, int port) {
        if (port != 0 && connection.port() != port) {
            throw new EmbeddedDatabaseException(
                    "The database in " + directory.root() + " is running already, on port " + connection.port()
                            + ": it can't listen on port " + port + " as well.",
                    null);
        }
    }

    private Connection start(Cluster cluster, Connection wanted, int port) throws IOException {
        var programs = programs();
        var server = new Server(directory, programs);
        if (!cluster.exists()) {
            // Saved first: a database whose password is lost would have to be mended.
            wanted.save(directory);
            cluster.create(programs, wanted.password());
        }
        var connection = start(server, wanted, port);
        if (adopt(connection, Postmaster.find(directory).orElseThrow()).isPresent()) {
            return connection;
        }
        server.stop();
        cluster.setPassword(programs, connection.password());
        return start(server, connection, port);
    }

    private static Connection start(Server server, Connection wanted, int port) throws IOException {
        return wanted.withPort(server.start(port == 0 ? wanted.port() : port, port != 0));
    }

    /** The connection if the server takes it; empty if it doesn't, or has ended. Waits while it recovers or is busy. */
    private Optional<Connection> adopt(Connection connection, Postmaster postmaster) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (postmaster.isAlive() && System.nanoTime() < end) {
            try {
                probe(connection);
                return Optional.of(connection);
            } catch (SQLException e) {
                if (isRefusal(e)) {
                    return Optional.empty();
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return Optional.empty();
    }

    private static void probe(Connection connection) throws SQLException {
        var source = connection.dataSource();
        source.setSocketTimeout(10);
        source.getConnection().close();
    }

    private static boolean isRefusal(SQLException e) {
        return WRONG_PASSWORD.equals(e.getSQLState())
                || UNKNOWN_ROLE.equals(e.getSQLState())
                || UNKNOWN_DATABASE.equals(e.getSQLState());
    }

    private Server server() throws IOException {
        return new Server(directory, programs());
    }

    private Programs programs() throws IOException {
        return new Programs(Binaries.prepare(directory), directory);
    }
}
