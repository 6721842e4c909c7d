package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Masking;
import java.util.Map;

/** Brings values of any type into the few that a span holds, masked. */
final class RecordedValues {

    private final Masking masking;

    RecordedValues(Masking masking) {
        this.masking = masking;
    }

    /**
     * The value of this key.
     *
     * @throws RuntimeException whatever the {@code toString} of the value throws
     */
    Object value(String key, Object value) {
        if (masking.masks(key)) {
            return Masking.MASK;
        }
        return isScalar(value) ? value : masking.masked(key, normalise(value));
    }

    /** Whether the span model takes the value without help. */
    private static boolean isScalar(Object value) {
        return value instanceof String
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Boolean
                || value instanceof Double;
    }

    /**
     * The attributes of the map, each key behind the prefix. Entries without key or value are left out.
     *
     * @throws RuntimeException whatever the {@code toString} of a value throws
     */
    Attributes attributes(String prefix, Map<?, ?> values) {
        var builder = Attributes.builder();
        values.forEach((key, value) -> {
            if (key != null && value != null) {
                builder.put(prefix + key, value(key.toString(), value));
            }
        });
        return builder.build();
    }

    /** The same for an event; an event whose name is secret has only secrets. */
    Attributes eventAttributes(String name, Map<?, ?> values) {
        if (!masking.masks(name)) {
            return attributes("", values);
        }
        var builder = Attributes.builder();
        values.keySet().forEach(key -> builder.put(String.valueOf(key), Masking.MASK));
        return builder.build();
    }

    /** The span model knows which types a store can hold: text, integer, double, boolean, lists and maps of these. */
    private static Object normalise(Object value) {
        var normalised = Attributes.of("value", value).get("value");
        return normalised == null ? "" : normalised;
    }
}
