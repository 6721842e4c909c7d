package io.deploytrace.store.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;

/** The elements of an {@link ArrayColumn}, one after the other. For use by one thread. */
final class ArrayElements {

    /** The length of an element that is NULL. */
    static final int NULL = -1;

    private final byte[] bytes;
    private final ByteBuffer elements;
    private final int oid;
    private final boolean isUuid;

    /**
     * @param bytes what holds them
     * @param start where the length of the first is, which its value follows
     * @param end where the last ends
     * @param oid their type as sent
     * @param isUuid whether they are texts of UUIDs
     */
    ArrayElements(byte[] bytes, int start, int end, int oid, boolean isUuid) {
        this.bytes = bytes;
        this.elements = ByteBuffer.wrap(bytes, start, end - start);
        this.oid = oid;
        this.isUuid = isUuid;
    }

    /** The next element as PostgreSQL reads it from text; null for NULL. */
    @Nullable String nextText() {
        var length = elements.getInt();
        return length == NULL ? null : text(length);
    }

    private String text(int length) {
        if (oid == Oid.INT4) {
            return Integer.toString(elements.getInt());
        }
        if (oid == Oid.TIMESTAMPTZ) {
            return Timestamps.text(elements.getLong());
        }
        var version = oid == Oid.JSONB ? 1 : 0;
        var start = elements.position();
        elements.position(start + length);
        return new String(bytes, start + version, length - version, StandardCharsets.UTF_8);
    }

    /** The next element, which is an integer and not NULL. */
    int nextInteger() {
        elements.getInt();
        return elements.getInt();
    }

    /** Adds the next element as a field of the row. */
    void copyTo(CopyRows rows) {
        var start = elements.position();
        var length = Integer.BYTES + Math.max(0, elements.getInt());
        if (isUuid) {
            rows.addUuid(bytes, start + Integer.BYTES);
        } else {
            rows.add(bytes, start, length);
        }
        elements.position(start + length);
    }
}
