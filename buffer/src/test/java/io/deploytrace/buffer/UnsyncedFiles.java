package io.deploytrace.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A disk with a cache that a loss of power empties: bytes that weren't forced live in this process alone, and so do the names of
 * new files until their directory is forced. So kill -9 loses what a loss of power would.
 */
final class UnsyncedFiles implements SpoolFiles {

    private final Map<Path, Path> nameless = new ConcurrentHashMap<>();

    @Override
    public SpoolFile create(Path path) throws IOException {
        var hidden = path.resolveSibling("nameless-" + path.getFileName());
        DISK.delete(hidden);
        nameless.put(path, hidden);
        return new UnsyncedFile(DISK.create(hidden));
    }

    @Override
    public SpoolFile open(Path path) throws IOException {
        return DISK.open(nameless.getOrDefault(path, path));
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return DISK.list(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        DISK.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        var hidden = nameless.remove(path);
        DISK.delete(hidden == null ? path : hidden);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        for (var path : List.copyOf(nameless.keySet())) {
            var hidden = directory.equals(path.getParent()) ? nameless.remove(path) : null;
            if (hidden != null) {
                DISK.rename(hidden, path);
            }
        }
        DISK.forceDirectory(directory);
    }

    private record Write(long position, ByteBuffer bytes) {}

    private static final class UnsyncedFile implements SpoolFile {

        private final SpoolFile file;
        private final List<Write> cache = new ArrayList<>();

        private UnsyncedFile(SpoolFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void write(long position, byte[] bytes, int length) {
            cache.add(new Write(position, ByteBuffer.wrap(Arrays.copyOf(bytes, length))));
        }

        @Override
        public int read(long position, byte[] bytes, int length) throws IOException {
            return file.read(position, bytes, length);
        }

        @Override
        public void force() throws IOException {
            for (var write : cache) {
                var bytes = new byte[write.bytes().remaining()];
                write.bytes().get(bytes);
                file.write(write.position(), bytes, bytes.length);
            }
            cache.clear();
            file.force();
        }

        @Override
        public void truncate(long size) throws IOException {
            cache.removeIf(write -> write.position() >= size);
            if (file.size() > size) {
                file.truncate(size);
            }
        }

        /** What wasn't forced is lost. */
        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
