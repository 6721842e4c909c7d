package io.deploytrace.embedded.postgres;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** Starts and stops the server of a data directory. To be used by one program at a time. */
final class Server {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final long LARGEST_LOG = 10_000_000;
    private static final int PORT_ATTEMPTS = 5;

    /** On the command line, where neither a configuration file nor ALTER SYSTEM changes them. */
    private static final String SETTINGS = String.join(
            " ",
            "-c listen_addresses=" + Connection.HOST,
            "-c unix_socket_directories=",
            "-c fsync=on",
            "-c synchronous_commit=on",
            "-c full_page_writes=on",
            "-c timezone=UTC",
            "-c log_timezone=UTC",
            "-c cluster_name=deploytrace");

    private final DataDirectory directory;
    private final Programs programs;

    Server(DataDirectory directory, Programs programs) {
        this.directory = directory;
        this.programs = programs;
    }

    /**
     * Starts it.
     *
     * @param preferredPort where it should listen, if that is free; 0 for any
     * @param onlyThere whether no other port will do
     * @return the port where it listens
     */
    int start(int preferredPort, boolean onlyThere) throws IOException {
        rotateLog();
        // Not the running server's, as the caller knows: PostgreSQL itself would believe the number in it.
        Files.deleteIfExists(Postmaster.file(directory));
        var end = System.nanoTime() + START_TIMEOUT.toNanos();
        var port = Ports.choose(preferredPort, onlyThere);
        for (var attempt = 1; ; ) {
            var failure = tryStart(port);
            if (failure == null) {
                return port;
            }
            var portTaken = failure.contains("could not bind");
            if (portTaken && !onlyThere && attempt++ < PORT_ATTEMPTS) {
                port = Ports.choose(0, false);
            } else if (!failure.contains("is still in use") || System.nanoTime() > end) {
                throw portTaken
                        ? Ports.taken(port)
                        : Failures.ofProgram("The embedded database could not be started", failure, directory.log());
            }
            // Otherwise processes of a killed server are about to notice and end: PostgreSQL tells when they have.
        }
    }

    /** Returns null, or what PostgreSQL said. */
    private @org.jspecify.annotations.Nullable String tryStart(int port) throws IOException {
        DataDirectory.touch(directory.log());
        var logged = Files.size(directory.log());
        var result = programs.run(
                "pg_ctl",
                List.of(
                        "start",
                        "-w",
                        "-t",
                        Long.toString(START_TIMEOUT.toSeconds()),
                        "-D",
                        directory.cluster().toString(),
                        "-l",
                        directory.log().toString(),
                        "-o",
                        "-p " + port + " " + SETTINGS));
        return result.succeeded() ? null : result.output() + logSince(logged);
    }

    /** Stops it at once, ending its connections; what was committed is on disk. */
    void stop() throws IOException {
        var result = stop("fast");
        if (!result.succeeded() && Postmaster.find(directory).isPresent()) {
            result = stop("immediate");
        }
        if (!result.succeeded() && Postmaster.find(directory).isPresent()) {
            throw Failures.ofProgram("The embedded database could not be stopped", result.output(), directory.log());
        }
    }

    private Programs.Result stop(String mode) throws IOException {
        return programs.run(
                "pg_ctl",
                List.of(
                        "stop",
                        "-w",
                        "-t",
                        "30",
                        "-m",
                        mode,
                        "-D",
                        directory.cluster().toString()));
    }

    private void rotateLog() throws IOException {
        if (Files.exists(directory.log()) && Files.size(directory.log()) > LARGEST_LOG) {
            var old = directory.log().resolveSibling("server.log.old");
            Files.move(directory.log(), old, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String logSince(long position) throws IOException {
        try (var file = new RandomAccessFile(directory.log().toFile(), "r")) {
            file.seek(Math.max(position, file.length() - 4_096));
            var bytes = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
