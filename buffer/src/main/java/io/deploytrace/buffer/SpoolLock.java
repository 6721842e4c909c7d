package io.deploytrace.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a directory to one spool. The kernel drops the lock of a process that died. */
final class SpoolLock implements AutoCloseable {

    static final String NAME = "spool.lock";

    private final FileChannel channel;

    private SpoolLock(FileChannel channel) {
        this.channel = channel;
    }

    static SpoolLock acquire(Path directory, Instant now) throws IOException {
        var file = directory.resolve(NAME);
        var channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                DiskFiles.permissions(file, "rw-------"));
        try {
            if (tryLock(channel) == null) {
                throw new IOException("The spool directory " + directory + " is in use by " + owner(file)
                        + ". Give each process a directory of its own.");
            }
            sign(channel, now);
            return new SpoolLock(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void sign(FileChannel channel, Instant now) throws IOException {
        var text = "process " + ProcessHandle.current().pid() + " (since " + now + ")";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
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
        channel.close();
    }
}
