package io.deploytrace.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses the request whose body turns out to be larger than it may. */
final class BoundedInputStream extends FilterInputStream {

    private final long maximum;
    private long count;

    BoundedInputStream(InputStream content, long maximum) {
        super(content);
        this.maximum = maximum;
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
        if (count > maximum) {
            throw Refusal.tooLarge("The decompressed body is larger than the " + maximum
                            + " bytes that this server takes. Send fewer spans in one request.")
                    .exception();
        }
    }
}
