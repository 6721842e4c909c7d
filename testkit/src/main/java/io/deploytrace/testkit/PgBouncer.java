package io.deploytrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real PgBouncer in front of a PostgreSQL, started and stopped as often as a test likes. Used by one thread at a time. */
public final class PgBouncer implements AutoCloseable {

    private static final String SETTINGS = "pgbouncer.ini";

    private final Path directory;
    private final int port;
    private final ProcessBuilder builder;
    private Process process;

    private PgBouncer(Path directory, int port) throws IOException {
        this.directory = directory;
        this.port = port;
        var program = InstalledProgram.require("pgbouncer");
        this.builder = new ProcessBuilder(
                        program.command(directory.resolve(SETTINGS).toString()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        this.process = run();
    }

    /**
     * Starts it and waits until it takes connections.
     *
     * @param settings its configuration file; {@code DIRECTORY} in it is where the files are, and {@code listen_port} becomes one that
     *     is free
     * @param files further files in its directory by name
     */
    public static PgBouncer start(String settings, Map<String, String> files) {
        InstalledProgram.require("pgbouncer");
        try {
            var directory = InstalledProgram.directory("pgbouncer");
            var port = InstalledProgram.freePort();
            for (var file : files.entrySet()) {
                write(directory.resolve(file.getKey()), file.getValue());
            }
            write(
                    directory.resolve(SETTINGS),
                    settings.replace("DIRECTORY", directory.toString())
                            .replaceFirst("(?m)^listen_port = .*$", "listen_port = " + port));
            return new PgBouncer(directory, port);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void write(Path file, String content) throws IOException {
        Files.writeString(file, content);
        InstalledProgram.giveAway(file);
    }

    private Process run() throws IOException {
        var started = builder.start();
        Await.until(() -> !started.isAlive() || isListening());
        if (!started.isAlive()) {
            throw new IllegalStateException("PgBouncer didn't start; it said:\n" + said());
        }
        return started;
    }

    private boolean isListening() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The port of 127.0.0.1 on which it listens. */
    public int port() {
        return port;
    }

    /** All that it printed since it was last started. */
    public String said() {
        try {
            return Files.readString(directory.resolve("output"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Kills it, which breaks all connections through it, and starts it on the same port. */
    public void restart() {
        kill();
        try {
            process = run();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
        Directories.delete(directory);
    }
}
