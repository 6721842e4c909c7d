package io.deploytrace.store.postgres;

import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.copy.CopyIn;

/** Rows on their way into a table, in the binary format of COPY, and sent in pieces. For use by one thread. */
final class CopyRows {

    /** The signature, then flags and the length of what extends the header, of which there are none. */
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final int PIECE = 65_536;
    private static final int UUID_BYTES = 16;
    private static final int UUID_CHARACTERS = 36;
    private static final int END = -1;

    private final CopyIn copy;
    private byte[] bytes = new byte[PIECE + PIECE / 4];
    private int size;

    CopyRows(CopyIn copy) {
        this.copy = copy;
        add(HEADER, 0, HEADER.length);
    }

    /** Begins the next row, of as many fields. */
    void begin(int fields) {
        addNumber(fields, Short.BYTES);
    }

    /** Adds bytes as they are. */
    void add(byte[] from, int offset, int length) {
        reserve(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    /** Adds a field of a UUID, given as its text of lower-case digits. */
    void addUuid(byte[] from, int offset) {
        addNumber(UUID_BYTES, Integer.BYTES);
        reserve(UUID_BYTES);
        for (var i = offset; i < offset + UUID_CHARACTERS; i += 2) {
            if (from[i] == '-') {
                i++;
            }
            bytes[size++] = (byte) (digit(from[i]) << 4 | digit(from[i + 1]));
        }
    }

    private static int digit(byte character) {
        return character <= '9' ? character - '0' : character - 'a' + 10;
    }

    /** Adds a field of a number of 64 bits. */
    void add(long value) {
        addNumber(Long.BYTES, Integer.BYTES);
        addNumber(value, Long.BYTES);
    }

    private void addNumber(long value, int length) {
        reserve(length);
        for (var shift = (length - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    private void reserve(int length) {
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + length));
        }
    }

    /** Ends the row. */
    void end() throws SQLException {
        if (size >= PIECE) {
            send();
        }
    }

    /** Ends the rows. */
    void endAll() throws SQLException {
        addNumber(END, Short.BYTES);
        send();
    }

    private void send() throws SQLException {
        copy.writeToCopy(bytes, 0, size);
        size = 0;
    }
}
