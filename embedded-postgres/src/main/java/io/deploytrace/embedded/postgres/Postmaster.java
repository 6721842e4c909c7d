package io.deploytrace.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The server's process, as its own note in the data directory names it.
 *
 * @param process the process, which may have ended meanwhile
 * @param port where it listens
 */
record Postmaster(ProcessHandle process, int port) {

    private static final int PID_LINE = 0;
    private static final int DIRECTORY_LINE = 1;
    private static final int PORT_LINE = 3;

    static Path file(DataDirectory directory) {
        return directory.cluster().resolve("postmaster.pid");
    }

    /** The running one; empty if there is none, or its note was left behind by one that was killed. */
    static Optional<Postmaster> find(DataDirectory directory) throws IOException {
        try {
            var lines = Files.readAllLines(file(directory));
            return lines.size() <= PORT_LINE
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(PID_LINE).strip()))
                            .filter(process -> runs(process, lines.get(DIRECTORY_LINE), directory.cluster()))
                            .map(process -> new Postmaster(
                                    process,
                                    Integer.parseInt(lines.get(PORT_LINE).strip())));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The number may belong to another process by now, or the directory may be a copy of a running one's. */
    private static boolean runs(ProcessHandle process, String noted, Path cluster) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            // PostgreSQL works in its data directory, and Linux shows where a process works.
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .equals(cluster);
        } catch (IOException e) {
            return noted.equals(cluster.toString())
                    && process.info()
                            .command()
                            .filter(command -> command.endsWith("postgres"))
                            .isPresent();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }
}
