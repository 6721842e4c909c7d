package io.deploytrace.buffer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of {@link UnsyncedFiles}, with all of its content in memory. Safe for use by several threads. */
final class UnsyncedFile implements SpoolFile {

    private final Path path;
    private final UnsyncedFiles files;
    private final List<Range> unforced = new ArrayList<>();
    private byte[] content = new byte[0];
    private byte[] forced = new byte[0];

    /** Null until its name is on the disk. */
    private @Nullable SpoolFile disk;

    private record Range(int from, int to) {}

    UnsyncedFile(Path path, UnsyncedFiles files) {
        this.path = path;
        this.files = files;
    }

    Path path() {
        return path;
    }

    /** Its name is on the disk from now on, with what was forced before. */
    synchronized void makeDurable() throws IOException {
        if (disk == null) {
            disk = SpoolFiles.DISK.create(path);
            disk.write(0, forced, forced.length);
            forced = new byte[0];
        }
    }

    @Override
    public synchronized long size() {
        return content.length;
    }

    @Override
    public synchronized void write(long position, byte[] bytes, int length) throws IOException {
        var range = new Range(Math.toIntExact(position), Math.toIntExact(position) + length);
        content = Arrays.copyOf(content, Math.max(content.length, range.to()));
        System.arraycopy(bytes, 0, content, range.from(), length);
        unforced.add(range);
        save(new Range(range.from(), range.from() + files.surviving(length)));
    }

    private void save(Range range) throws IOException {
        var to = Math.min(range.to(), content.length);
        if (disk != null && range.from() < to) {
            disk.write(range.from(), Arrays.copyOfRange(content, range.from(), to), to - range.from());
        }
    }

    @Override
    public synchronized int read(long position, byte[] bytes, int length) {
        var from = (int) Math.min(position, content.length);
        var count = Math.min(length, content.length - from);
        System.arraycopy(content, from, bytes, 0, count);
        return count;
    }

    /** The kernel keeps what it was given when a process is killed, so that it is as good as the disk here. */
    @Override
    public synchronized void force() throws IOException {
        if (!files.isForcing()) {
            return;
        }
        for (var range : unforced) {
            save(range);
        }
        unforced.clear();
        forced = disk == null ? content.clone() : forced;
    }

    @Override
    public synchronized void truncate(long size) throws IOException {
        content = Arrays.copyOf(content, Math.toIntExact(Math.min(size, content.length)));
        if (disk != null && disk.size() > size) {
            disk.truncate(size);
        }
    }

    /** What is in memory stays readable. */
    @Override
    public void close() {}
}
