package io.deploytrace.span;

import io.deploytrace.store.SpanBatch;
import java.util.List;
import java.util.Map;

/** Measures attributes and looks at their texts, in one go. Stops at the first thing that no store takes. */
final class StorableSize {

    private long size;

    private StorableSize() {}

    /** The size of the keys and values, or {@link Attributes#NOT_STORABLE}. */
    static int of(Map<String, Object> values) {
        var measured = new StorableSize();
        return measured.map(values, 0) ? (int) measured.size : Attributes.NOT_STORABLE;
    }

    private boolean map(Map<?, ?> map, int nesting) {
        for (var entry : map.entrySet()) {
            if (!text((String) entry.getKey()) || !value(entry.getValue(), nesting)) {
                return false;
            }
        }
        return true;
    }

    /** Asks for final classes first: interfaces take longer to tell. */
    private boolean value(Object value, int nesting) {
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof Long || value instanceof Boolean || value instanceof Double) {
            return add(Attributes.SCALAR_SIZE);
        }
        return add(Attributes.SCALAR_SIZE) && nesting < SpanBatch.MAXIMUM_NESTING && nested(value, nesting + 1);
    }

    private boolean nested(Object value, int nesting) {
        if (value instanceof Map<?, ?> map) {
            return map(map, nesting);
        }
        for (var element : (List<?>) value) {
            if (!value(element, nesting)) {
                return false;
            }
        }
        return true;
    }

    private boolean text(String text) {
        return text.length() <= SpanBatch.MAXIMUM_TEXT_LENGTH
                && add(text.length())
                && TextCheck.firstUnstorable(text, 0) < 0;
    }

    private boolean add(int more) {
        size += more;
        return size <= SpanBatch.MAXIMUM_SPAN_SIZE;
    }
}
