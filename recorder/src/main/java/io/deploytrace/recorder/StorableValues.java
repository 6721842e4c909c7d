package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.vocabulary.AttributeKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Brings the values of one span into what every store takes. */
final class StorableValues {

    /** What the long texts of one span may have together; the rest of a span's size is for what is short. */
    static final long LONG_TEXTS = SpanBatch.MAXIMUM_SPAN_SIZE * 3L / 4;

    /** Texts of so many characters are never cut. */
    private static final int SHORT = 256;

    /** The keys of the texts that have a column and may be cut. */
    static final List<String> COLUMNS = List.of(
            AttributeKeys.RELEASE_TARGET_KEY,
            AttributeKeys.RELEASE_ID,
            AttributeKeys.JOB_ID,
            AttributeKeys.PHASE,
            AttributeKeys.NODE_TYPE,
            AttributeKeys.STATUS);

    private final StorableText texts;
    private long left = LONG_TEXTS;

    StorableValues(Consumer<String> warnings) {
        this.texts = new StorableText(warnings);
    }

    void put(Attributes.Builder builder, String key, Object value) {
        if (value instanceof String text && COLUMNS.contains(key)) {
            builder.put(key, texts.of(key, text, SpanBatch.MAXIMUM_COLUMN_LENGTH));
        } else {
            builder.put(text("the key of an attribute", key), of(key, value, 0));
        }
    }

    /** The text; {@code what} names it in a warning. */
    String text(String what, String text) {
        if (text.length() <= SHORT) {
            return texts.of(what, text, SHORT);
        }
        var storable = texts.of(what, text, (int) Math.max(SHORT, Math.min(SpanBatch.MAXIMUM_TEXT_LENGTH, left)));
        left -= storable.length();
        return storable;
    }

    private Object of(String key, Object value, int nesting) {
        if (value instanceof String text) {
            return text(key, text);
        }
        if (value instanceof Map<?, ?> map) {
            return ofMap(key, map, nesting + 1);
        }
        return value instanceof List<?> list ? ofList(key, list, nesting + 1) : value;
    }

    private Object ofList(String key, List<?> list, int nesting) {
        if (nesting > SpanBatch.MAXIMUM_NESTING) {
            return text(key, list.toString());
        }
        var converted = new ArrayList<Object>(list.size());
        for (var element : list) {
            converted.add(of(key, element, nesting));
        }
        return converted;
    }

    private Object ofMap(String key, Map<?, ?> map, int nesting) {
        if (nesting > SpanBatch.MAXIMUM_NESTING) {
            return text(key, map.toString());
        }
        Map<String, Object> converted = new LinkedHashMap<>();
        map.forEach((name, value) -> converted.put(text(key, (String) name), of((String) name, value, nesting)));
        return converted;
    }
}
