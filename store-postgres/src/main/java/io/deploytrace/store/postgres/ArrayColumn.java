package io.deploytrace.store.postgres;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/**
 * The values of one column, gathered in PostgreSQL's binary format of an array, so that nothing stands between a span
 * and the bytes that are sent. Used again for the next write, with the memory it has grown to. For use by one thread.
 *
 * <p>As a stream it takes the text of the element that {@link #begin} opened.
 */
final class ArrayColumn extends OutputStream {

    /** Dimensions, whether there are NULLs, type of elements; then length and lower bound of the one dimension. */
    private static final int HEADER = 20;

    private static final int FIRST_CAPACITY = 1_024;
    private static final int JSONB_VERSION = 1;

    private final String name;
    private final String type;
    private final int elementOid;
    private final int arrayOid;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int size = HEADER;
    private int count;
    private boolean hasNull;
    private int begun;

    private ArrayColumn(String name, String type, int elementOid, int arrayOid) {
        this.name = name;
        this.type = type;
        this.elementOid = elementOid;
        this.arrayOid = arrayOid;
    }

    static ArrayColumn text(String name) {
        return new ArrayColumn(name, "text", Oid.TEXT, Oid.TEXT_ARRAY);
    }

    /** As text: the driver would have to ask for the type's number, and the server reads it at once. */
    static ArrayColumn uuid(String name) {
        return new ArrayColumn(name, "uuid", Oid.TEXT, Oid.TEXT_ARRAY);
    }

    static ArrayColumn integer(String name) {
        return new ArrayColumn(name, "integer", Oid.INT4, Oid.INT4_ARRAY);
    }

    static ArrayColumn time(String name) {
        return new ArrayColumn(name, "timestamptz", Oid.TIMESTAMPTZ, Oid.TIMESTAMPTZ_ARRAY);
    }

    static ArrayColumn json(String name) {
        return new ArrayColumn(name, "jsonb", Oid.JSONB, Oid.JSONB_ARRAY);
    }

    String name() {
        return name;
    }

    /** The parameter as rows, one for each element. */
    String unnested() {
        var sent = elementOid == Oid.TEXT ? "text" : type;
        var cast = sent.equals(type) ? "" : "::" + type;
        return "unnest(?::" + sent + "[])" + cast + " as " + name;
    }

    void add(@Nullable String value) {
        if (value == null) {
            addNull();
            return;
        }
        begin();
        append(value);
        end();
    }

    private void append(String value) {
        var length = value.length();
        reserve(length);
        var at = size;
        for (var i = 0; i < length; i++) {
            var c = value.charAt(i);
            if (c >= 0x80) {
                appendEncoded(value);
                return;
            }
            bytes[at++] = (byte) c;
        }
        size = at;
    }

    private void appendEncoded(String value) {
        var encoded = value.getBytes(StandardCharsets.UTF_8);
        write(encoded, 0, encoded.length);
    }

    void add(@Nullable Integer value) {
        if (value == null) {
            addNull();
        } else {
            add(value.intValue());
        }
    }

    void add(int value) {
        begin();
        appendInt(value);
        end();
    }

    void add(@Nullable Instant value) {
        if (value == null) {
            addNull();
            return;
        }
        begin();
        appendLong(Timestamps.microseconds(value));
        end();
    }

    private void addNull() {
        hasNull = true;
        count++;
        reserve(Integer.BYTES);
        appendInt(ArrayElements.NULL);
    }

    /** Opens the next element, which ends with {@link #end}. */
    void begin() {
        count++;
        reserve(Integer.BYTES);
        size += Integer.BYTES;
        begun = size;
        if (elementOid == Oid.JSONB) {
            write(JSONB_VERSION);
        }
    }

    void end() {
        putInt(begun - Integer.BYTES, size - begun);
    }

    @Override
    public void write(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        reserve(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    private void appendInt(int value) {
        reserve(Integer.BYTES);
        putInt(size, value);
        size += Integer.BYTES;
    }

    private void appendLong(long value) {
        appendInt((int) (value >>> Integer.SIZE));
        appendInt((int) value);
    }

    private void putInt(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    private void reserve(int length) {
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + length));
        }
    }

    /** How many bytes the elements take. */
    int size() {
        return size - HEADER;
    }

    /** How much memory it holds, in bytes. */
    int capacity() {
        return bytes.length;
    }

    int arrayOid() {
        return arrayOid;
    }

    /** The array in PostgreSQL's binary format. */
    byte[] toArray() {
        putInt(0, count == 0 ? 0 : 1);
        putInt(4, hasNull ? 1 : 0);
        putInt(8, elementOid);
        putInt(12, count);
        putInt(16, 1);
        return Arrays.copyOf(bytes, count == 0 ? 12 : size);
    }

    /** The elements as PostgreSQL reads them from text: for a driver that is told to send nothing in binary. */
    @Nullable String[] toTexts() {
        var texts = new @Nullable String[count];
        var elements = elements();
        for (var i = 0; i < count; i++) {
            texts[i] = elements.nextText();
        }
        return texts;
    }

    int count() {
        return count;
    }

    /** A look at the elements, which is of use until the column is changed. */
    ArrayElements elements() {
        return new ArrayElements(bytes, HEADER, size, elementOid, type.equals("uuid"));
    }

    /** Empties it for the next write. */
    void clear() {
        size = HEADER;
        count = 0;
        hasNull = false;
    }
}
