package io.deploytrace.buffer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The disk; notes which directories were forced. */
record ForcedDirectories(List<Path> forced) implements SpoolFiles {

    @Override
    public SpoolFile create(Path path) throws IOException {
        return DISK.create(path);
    }

    @Override
    public SpoolFile open(Path path) throws IOException {
        return DISK.open(path);
    }

    @Override
    public boolean isMissing(Path path) {
        return DISK.isMissing(path);
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
        DISK.delete(path);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        forced.add(directory);
        DISK.forceDirectory(directory);
    }
}
