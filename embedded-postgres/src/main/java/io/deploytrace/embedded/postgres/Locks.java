package io.deploytrace.embedded.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The locks by which the programs on one data directory know of each other. The operating system gives them back
 * when a program ends, however it ends. One program may open each file once only: closing it again gives back all
 * locks the program has on it.
 */
final class Locks implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(10);

    private final DataDirectory directory;
    private final FileChannel start;
    private final FileChannel clients;
    private @Nullable FileLock startLock;
    private @Nullable FileLock clientLock;

    Locks(DataDirectory directory) throws IOException {
        this.directory = directory;
        this.start = open(directory.startLock());
        this.clients = open(directory.clientsLock());
    }

    private static FileChannel open(Path file) throws IOException {
        DataDirectory.touch(file);
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /**
     * Waits until no other program is starting or stopping the server.
     *
     * @param givenUp whether to wait no longer
     */
    void lockStart(BooleanSupplier givenUp) throws IOException {
        var end = System.nanoTime() + START_TIMEOUT.toNanos();
        for (startLock = start.tryLock(); startLock == null; startLock = start.tryLock()) {
            if (givenUp.getAsBoolean()) {
                throw new IOException("the program was told to end");
            }
            if (System.nanoTime() > end) {
                throw new EmbeddedDatabaseException(
                        "Another program has been starting or stopping the database in " + directory.root() + " for "
                                + START_TIMEOUT.toMinutes() + " minutes. End it, then try again.",
                        null);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    void unlockStart() throws IOException {
        if (startLock != null) {
            startLock.release();
            startLock = null;
        }
    }

    /** Counts this program among those that use the server. To be called under the start lock. */
    void enter() throws IOException {
        clientLock = clients.lock(0, Long.MAX_VALUE, true);
    }

    /** Takes this program off the count, and tells whether it was the last. To be called under the start lock. */
    boolean leave() throws IOException {
        if (clientLock != null) {
            clientLock.release();
            clientLock = null;
        }
        try (var alone = clients.tryLock()) {
            return alone != null;
        }
    }

    @Override
    public void close() throws IOException {
        try (start;
                clients) {
            unlockStart();
        }
    }
}
