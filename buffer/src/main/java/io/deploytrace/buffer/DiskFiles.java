package io.deploytrace.buffer;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The files of the default file system, readable by their user alone. */
final class DiskFiles implements SpoolFiles {

    private static final boolean WINDOWS = File.separatorChar == '\\';

    static FileAttribute<?>[] permissions(Path path, String permissions) {
        var posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public SpoolFile create(Path path) throws IOException {
        Files.createFile(path, permissions(path, "rw-------"));
        return new DiskFile(path, "rw");
    }

    @Override
    public SpoolFile open(Path path) throws IOException {
        return new DiskFile(path, "r");
    }

    @Override
    public boolean isMissing(Path path) {
        return Files.notExists(path);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    /** Windows can't open a directory, and makes names durable by itself. */
    @Override
    public void forceDirectory(Path directory) throws IOException {
        if (WINDOWS) {
            return;
        }
        var interrupted = false;
        while (!isForced(directory)) {
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Only a channel can be opened on a directory, and an interrupt closes it: false then. */
    private static boolean isForced(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    /** Not a channel: an interrupted thread would close that under all others. */
    private static final class DiskFile implements SpoolFile {

        private final RandomAccessFile file;

        private DiskFile(Path path, String mode) throws IOException {
            this.file = new RandomAccessFile(path.toFile(), mode);
        }

        @Override
        public long size() throws IOException {
            return file.length();
        }

        @Override
        public void write(long position, byte[] bytes, int length) throws IOException {
            file.seek(position);
            file.write(bytes, 0, length);
        }

        @Override
        public int read(long position, byte[] bytes, int length) throws IOException {
            file.seek(position);
            var read = 0;
            while (read < length) {
                var count = file.read(bytes, read, length - read);
                if (count < 0) {
                    break;
                }
                read += count;
            }
            return read;
        }

        @Override
        public void force() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.setLength(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
