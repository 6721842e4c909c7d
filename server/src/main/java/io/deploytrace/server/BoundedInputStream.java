package io.deploytrace.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** Refuses the request whose body turns out to be larger than it may. */
final class BoundedInputStream extends FilterInputStream {

    private final BodyMemory.Share memory;
    private long count;

    BoundedInputStream(InputStream content, BodyMemory.Share memory) {
        super(content);
        this.memory = memory;
    }

    @Override
    public int read() throws IOException {
        var read = super.read();
        if (read >= 0) {
            count(1);
        }
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var read = readMembers(bytes, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    /** Java's decompressor calls itself for each member of a gzip file that is empty. */
    private int readMembers(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (StackOverflowError e) {
            throw new ZipException("it has too many empty members");
        }
    }

    @Override
    public long skip(long bytes) throws IOException {
        var skipped = super.skip(bytes);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long bytes) {
        count += bytes;
        memory.decompressed(count);
    }
}
