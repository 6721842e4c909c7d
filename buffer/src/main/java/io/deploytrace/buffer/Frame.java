package io.deploytrace.buffer;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the spans of a record. It begins with the random mark of its segment, so that where a segment is damaged the next
 * record is found again, and no text that someone put into a span can pass for one.
 *
 * @param number the record's number
 * @param spans how many spans it has
 * @param spooledAt when it was written
 * @param length of what follows, in bytes
 * @param checksum CRC-32C of what follows
 */
record Frame(long number, int spans, Instant spooledAt, int length, int checksum) {

    /** The mark, the checksum of the rest of this header, and the rest. */
    static final int SIZE = 44;

    private static final int CHECKED_FROM = 12;

    /** A frame for what stands in the array behind the room for the frame. */
    static Frame of(long number, int spans, Instant spooledAt, byte[] bytes, int size) {
        return new Frame(number, spans, spooledAt, size - SIZE, checksum(bytes, SIZE, size - SIZE));
    }

    /** Writes the frame to the beginning of the array. */
    void writeTo(byte[] bytes, long mark) {
        ByteBuffer.wrap(bytes)
                .putLong(mark)
                .putInt(0)
                .putLong(number)
                .putInt(spans)
                .putLong(spooledAt.getEpochSecond())
                .putInt(spooledAt.getNano())
                .putInt(length)
                .putInt(checksum)
                .putInt(Long.BYTES, checksum(bytes, CHECKED_FROM, SIZE - CHECKED_FROM));
    }

    /** The frame at the beginning of the array, or null if none of this mark is there. */
    static @Nullable Frame read(byte[] bytes, long mark) {
        var buffer = ByteBuffer.wrap(bytes);
        var marked = buffer.getLong() == mark;
        if (!marked || buffer.getInt() != checksum(bytes, CHECKED_FROM, SIZE - CHECKED_FROM)) {
            return null;
        }
        return new Frame(
                buffer.getLong(),
                buffer.getInt(),
                Instant.ofEpochSecond(buffer.getLong(), buffer.getInt()),
                buffer.getInt(),
                buffer.getInt());
    }

    /** Whether the array holds, from its beginning, what the frame was written for. */
    boolean matches(byte[] payload) {
        return checksum(payload, 0, length) == checksum;
    }

    private static int checksum(byte[] bytes, int from, int length) {
        var checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }
}
