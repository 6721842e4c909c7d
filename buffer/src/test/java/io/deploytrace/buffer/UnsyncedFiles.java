package io.deploytrace.buffer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A disk with a cache that a loss of power empties: bytes that weren't forced live in this process alone, and so do the names of
 * new files until their directory is forced. So kill -9 loses what a loss of power would. Safe for use by several threads.
 */
final class UnsyncedFiles implements SpoolFiles {

    private final boolean forcing;
    private final double kept;
    private final Random random = new Random(1);

    /** The files that this process made. */
    private final Map<Path, UnsyncedFile> made = new HashMap<>();

    /** Keeps what was forced, and nothing else. */
    UnsyncedFiles() {
        this(true, 0);
    }

    /**
     * @param forcing whether forcing does anything
     * @param kept the chance of bytes that weren't forced to reach the disk all the same, perhaps not all of them; from 0 to 1
     */
    UnsyncedFiles(boolean forcing, double kept) {
        this.forcing = forcing;
        this.kept = kept;
    }

    /** How many of the bytes that weren't forced reach the disk all the same. */
    synchronized int surviving(int bytes) {
        return random.nextDouble() < kept ? random.nextInt(bytes + 1) : 0;
    }

    boolean isForcing() {
        return forcing;
    }

    @Override
    public synchronized SpoolFile create(Path path) {
        var file = new UnsyncedFile(path, this);
        made.put(path, file);
        return file;
    }

    @Override
    public synchronized SpoolFile open(Path path) throws IOException {
        var file = made.get(path);
        return file == null ? DISK.open(path) : file;
    }

    @Override
    public synchronized boolean isMissing(Path path) {
        return !made.containsKey(path) && DISK.isMissing(path);
    }

    @Override
    public synchronized List<Path> list(Path directory) throws IOException {
        var all = new ArrayList<>(DISK.list(directory));
        made.keySet().stream()
                .filter(path -> directory.equals(path.getParent()) && !all.contains(path))
                .forEach(all::add);
        all.sort(null);
        return all;
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        var file = made.remove(from);
        if (file != null) {
            file.makeDurable();
        }
        DISK.rename(from, to);
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        made.remove(path);
        DISK.delete(path);
    }

    @Override
    public synchronized void forceDirectory(Path directory) throws IOException {
        for (var file : made.values()) {
            if (forcing && directory.equals(file.path().getParent())) {
                file.makeDurable();
            }
        }
    }
}
