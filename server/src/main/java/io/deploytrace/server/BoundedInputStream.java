package io.deploytrace.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

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
        var read = super.read(bytes, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
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
