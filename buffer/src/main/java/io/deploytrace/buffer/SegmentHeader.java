package io.deploytrace.buffer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a segment.
 *
 * @param version of the format of the file
 * @param mark a random number that begins each of its records
 */
record SegmentHeader(int version, long mark) {

    static final int SIZE = 24;
    static final int VERSION = 1;

    private static final byte[] NAME = "DTSPOOL\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CHECKSUM_AT = SIZE - Integer.BYTES;

    byte[] toBytes() {
        var buffer = ByteBuffer.allocate(SIZE).put(NAME).putInt(version).putLong(mark);
        return buffer.putInt(checksum(buffer.array())).array();
    }

    /** The header, or null if the bytes aren't one. */
    static @Nullable SegmentHeader read(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        var named = Arrays.equals(bytes, 0, NAME.length, NAME, 0, NAME.length);
        if (!named || buffer.getInt(CHECKSUM_AT) != checksum(bytes)) {
            return null;
        }
        return new SegmentHeader(buffer.getInt(NAME.length), buffer.getLong(NAME.length + Integer.BYTES));
    }

    private static int checksum(byte[] bytes) {
        var checksum = new CRC32C();
        checksum.update(bytes, 0, CHECKSUM_AT);
        return (int) checksum.getValue();
    }
}
