package io.deploytrace.buffer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Files on a disk of a given size, whose operations fail as often as a test wants. */
final class FaultyFiles implements SpoolFiles {

    private final SpoolFiles files;
    private final Map<Path, Long> sizes = new ConcurrentHashMap<>();
    private final Map<Operation, Integer> failures = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private volatile long quota = Long.MAX_VALUE;
    private volatile Runnable beforeForce = () -> {};

    FaultyFiles(SpoolFiles files) {
        this.files = files;
    }

    /** What can be made to fail. */
    enum Operation {
        CREATE,
        OPEN,
        WRITE,
        READ,
        FORCE,
        TRUNCATE,
        RENAME,
        DELETE,
        FORCE_DIRECTORY
    }

    /** Lets the next operations of the kind fail. */
    FaultyFiles fail(Operation operation, int times) {
        failures.put(operation, times);
        return this;
    }

    /** The disk holds so many bytes from now on. What doesn't fit is written as far as it does. */
    FaultyFiles quota(long bytes) {
        quota = bytes;
        return this;
    }

    /** What happens before each force of a file. */
    FaultyFiles beforeForce(Runnable action) {
        beforeForce = action;
        return this;
    }

    /** How many files were open for reading at once, at the most. */
    int mostOpen() {
        return mostOpen.get();
    }

    /** The bytes of the files that were made here. */
    long used() {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    private void check(Operation operation) throws IOException {
        var before = failures.getOrDefault(operation, 0);
        failures.computeIfPresent(operation, (key, times) -> times > 1 ? times - 1 : null);
        if (before > 0) {
            throw new IOException("Input/output error in " + operation);
        }
    }

    @Override
    public SpoolFile create(Path path) throws IOException {
        check(Operation.CREATE);
        return new FaultyFile(path, files.create(path), () -> {});
    }

    @Override
    public SpoolFile open(Path path) throws IOException {
        check(Operation.OPEN);
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        return new FaultyFile(path, files.open(path), open::decrementAndGet);
    }

    @Override
    public boolean isMissing(Path path) {
        return files.isMissing(path);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return files.list(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        check(Operation.RENAME);
        files.rename(from, to);
        var size = sizes.remove(from);
        if (size != null) {
            sizes.put(to, size);
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        check(Operation.DELETE);
        files.delete(path);
        sizes.remove(path);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        check(Operation.FORCE_DIRECTORY);
        files.forceDirectory(directory);
    }

    private final class FaultyFile implements SpoolFile {

        private final Path path;
        private final SpoolFile file;
        private final Runnable atClose;

        private FaultyFile(Path path, SpoolFile file, Runnable atClose) {
            this.path = path;
            this.file = file;
            this.atClose = atClose;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void write(long position, byte[] bytes, int length) throws IOException {
            var size = sizes.getOrDefault(path, 0L);
            var room = Math.max(0, quota - used() + size - position);
            var fitting = (int) Math.min(length, room);
            file.write(position, bytes, fitting);
            sizes.put(path, Math.max(size, position + fitting));
            if (fitting < length) {
                throw new IOException("No space left on device");
            }
            check(Operation.WRITE);
        }

        @Override
        public int read(long position, byte[] bytes, int length) throws IOException {
            check(Operation.READ);
            return file.read(position, bytes, length);
        }

        @Override
        public void force() throws IOException {
            beforeForce.run();
            check(Operation.FORCE);
            file.force();
        }

        @Override
        public void truncate(long size) throws IOException {
            check(Operation.TRUNCATE);
            file.truncate(size);
            sizes.put(path, size);
        }

        @Override
        public void close() throws IOException {
            atClose.run();
            file.close();
        }
    }
}
