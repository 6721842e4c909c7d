package io.deploytrace.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;

/** Keeps a directory to one spool. The kernel drops the lock of a process that died. */
final class SpoolLock implements AutoCloseable {

    static final String NAME = "spool.lock";

    private final FileChannel channel;
    private final String property;

    private SpoolLock(FileChannel channel, String property) {
        this.channel = channel;
        this.property = property;
    }

    /**
     * Takes the directory, given by its real path.
     *
     * @throws IOException if a spool has it, or its files can't be written
     */
    static SpoolLock acquire(Path directory, Instant now) throws IOException {
        var property = property(directory);
        var self = "process " + ProcessHandle.current().pid() + " (since " + now + ")";
        var inUse = System.getProperties().putIfAbsent(property, self);
        if (inUse != null) {
            throw inUse(directory, "this very process, " + inUse);
        }
        try {
            return new SpoolLock(lock(directory, self), property);
        } catch (IOException | RuntimeException e) {
            System.clearProperty(property);
            throw e;
        }
    }

    /**
     * Where this process notes that it has the directory: seen by all class loaders. The lock's file must not be touched a second time,
     * since a process that closes any of its handles on a file loses its locks on it (POSIX).
     */
    private static String property(Path directory) {
        return "io.deploytrace.buffer.spool:" + directory;
    }

    private static FileChannel lock(Path directory, String self) throws IOException {
        var file = directory.resolve(NAME);
        var channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                DiskFiles.permissions(file, "rw-------"));
        try {
            if (channel.tryLock() == null) {
                throw inUse(directory, owner(file));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(self.getBytes(StandardCharsets.UTF_8)), 0);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static IOException inUse(Path directory, String owner) {
        return new IOException("The spool directory " + directory + " is in use by " + owner
                + ". Give each spool a directory of its own.");
    }

    private static String owner(Path file) {
        try {
            var text = Files.readString(file);
            return text.isEmpty() ? "another process" : text;
        } catch (IOException e) {
            return "another process";
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            System.clearProperty(property);
        }
    }
}
