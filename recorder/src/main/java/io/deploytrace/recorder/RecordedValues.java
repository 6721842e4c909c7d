package io.deploytrace.recorder;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings values of any type into OpenTelemetry's attributes, masked. */
final class RecordedValues {

    private final Masking masking;

    RecordedValues(Masking masking) {
        this.masking = masking;
    }

    /**
     * The attribute of this key. What most values are goes a short way, without a builder.
     *
     * @throws RuntimeException whatever the {@code toString} of the value throws
     */
    Attribute<?> attribute(String key, Object value) {
        var name = masking.name(key);
        if (name.masked()) {
            return new Attribute<>(name.text(), Masking.MASK);
        }
        if (value instanceof String text) {
            return new Attribute<>(name.text(), text);
        }
        if (value instanceof Integer || value instanceof Long) {
            return new Attribute<>(name.integer(), ((Number) value).longValue());
        }
        if (value instanceof Boolean flag) {
            return new Attribute<>(name.flag(), flag);
        }
        if (value instanceof Double decimal && isUsual(decimal)) {
            return new Attribute<>(name.decimal(), decimal);
        }
        return ofOther(name, key, normalise(value));
    }

    /** Whether a store holds the number as it is: not so the infinities, NaN and negative zero. */
    private static boolean isUsual(double value) {
        return Double.isFinite(value) && value != 0;
    }

    private Attribute<?> ofOther(Name name, String key, Object value) {
        var builder = Attributes.builder();
        putNormalised(builder, key, value);
        var entries = builder.build().asMap().entrySet().iterator();
        return entries.hasNext() ? attribute(entries.next()) : new Attribute<>(name.text(), "");
    }

    @SuppressWarnings("unchecked")
    private static Attribute<?> attribute(Map.Entry<AttributeKey<?>, Object> entry) {
        return new Attribute<>((AttributeKey<Object>) entry.getKey(), entry.getValue());
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
                put(builder, prefix, key.toString(), value);
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

    private void put(AttributesBuilder builder, String prefix, String key, Object value) {
        var name = prefix.isEmpty() ? key : prefix + key;
        if (masking.masks(key)) {
            builder.put(name, Masking.MASK);
        } else if (value instanceof String text) {
            builder.put(AttributeKey.stringKey(name), text);
        } else {
            putNormalised(builder, name, normalise(value));
        }
    }

    /** The span model knows which types a store can hold: text, integer, double, boolean, lists and maps of these. */
    private static Object normalise(Object value) {
        var normalised = io.deploytrace.span.Attributes.of("value", value).get("value");
        return normalised == null ? "" : normalised;
    }

    private void putNormalised(AttributesBuilder builder, String name, Object value) {
        if (value instanceof Long number) {
            builder.put(AttributeKey.longKey(name), number);
        } else if (value instanceof Double number) {
            builder.put(AttributeKey.doubleKey(name), number);
        } else if (value instanceof Boolean bool) {
            builder.put(AttributeKey.booleanKey(name), bool);
        } else if (value instanceof List<?> list) {
            putList(builder, name, list);
        } else if (value instanceof Map<?, ?>) {
            builder.put(AttributeKey.valueKey(name), valueOf(value));
        } else {
            builder.put(AttributeKey.stringKey(name), value.toString());
        }
    }

    /** OpenTelemetry's arrays hold one type; a list of several becomes a list of values. */
    private void putList(AttributesBuilder builder, String name, List<?> list) {
        if (isAll(String.class, list)) {
            builder.put(AttributeKey.stringArrayKey(name), cast(String.class, list));
        } else if (isAll(Long.class, list)) {
            builder.put(AttributeKey.longArrayKey(name), cast(Long.class, list));
        } else if (isAll(Double.class, list)) {
            builder.put(AttributeKey.doubleArrayKey(name), cast(Double.class, list));
        } else if (isAll(Boolean.class, list)) {
            builder.put(AttributeKey.booleanArrayKey(name), cast(Boolean.class, list));
        } else {
            builder.put(AttributeKey.valueKey(name), valueOf(list));
        }
    }

    private static boolean isAll(Class<?> type, List<?> list) {
        return list.stream().allMatch(type::isInstance);
    }

    private static <T> List<T> cast(Class<T> type, List<?> list) {
        return list.stream().map(type::cast).toList();
    }

    private Value<?> valueOf(Object value) {
        if (value instanceof Long number) {
            return Value.of((long) number);
        }
        if (value instanceof Double number) {
            return Value.of((double) number);
        }
        if (value instanceof Boolean bool) {
            return Value.of((boolean) bool);
        }
        if (value instanceof List<?> list) {
            var values = new ArrayList<Value<?>>(list.size());
            list.forEach(element -> values.add(valueOf(element)));
            return Value.of(values);
        }
        return value instanceof Map<?, ?> map ? valueOfMap(map) : Value.of(value.toString());
    }

    private Value<?> valueOfMap(Map<?, ?> map) {
        var values = new LinkedHashMap<String, Value<?>>();
        map.forEach((key, value) -> {
            var name = key.toString();
            values.put(name, masking.masks(name) ? Value.of(Masking.MASK) : valueOf(value));
        });
        return Value.of(values);
    }
}
