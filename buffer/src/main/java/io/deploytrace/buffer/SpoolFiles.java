package io.deploytrace.buffer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The file system as a spool uses it, so that tests can put a failing one in its place. */
interface SpoolFiles {

    /** The disk. */
    SpoolFiles DISK = new DiskFiles();

    /** Makes a file that must not exist yet, and opens it for writing. */
    SpoolFile create(Path path) throws IOException;

    /** Opens a file for reading. */
    SpoolFile open(Path path) throws IOException;

    /** Whether there is no such file, for certain: not if that can't be told. */
    boolean isMissing(Path path);

    /** The files of a directory in the order of their names. */
    List<Path> list(Path directory) throws IOException;

    /** Renames a file within its directory. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file; does nothing if there is none. */
    void delete(Path path) throws IOException;

    /** Returns once the names of the files in the directory are on the disk. */
    void forceDirectory(Path directory) throws IOException;
}
