package io.deploytrace.buffer;

import java.io.Closeable;
import java.io.IOException;

/** One file of a spool. Used by one thread at a time. */
interface SpoolFile extends Closeable {

    /** Its length in bytes. */
    long size() throws IOException;

    /** Writes all of the bytes; what is there when it fails is undefined. */
    void write(long position, byte[] bytes, int length) throws IOException;

    /** Reads up to so many bytes into the beginning of the array; fewer only where the file ends. */
    int read(long position, byte[] bytes, int length) throws IOException;

    /** Returns once everything that was written is on the disk. */
    void force() throws IOException;

    /** Cuts the file. */
    void truncate(long size) throws IOException;
}
