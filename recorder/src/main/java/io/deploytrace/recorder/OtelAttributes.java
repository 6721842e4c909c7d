package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings the attributes of the span model into OpenTelemetry's. */
final class OtelAttributes {

    private OtelAttributes() {}

    static io.opentelemetry.api.common.Attributes of(Attributes attributes) {
        var builder = io.opentelemetry.api.common.Attributes.builder();
        attributes.asMap().forEach((key, value) -> put(builder, key, value));
        return builder.build();
    }

    private static void put(AttributesBuilder builder, String key, Object value) {
        if (value instanceof Long number) {
            builder.put(AttributeKey.longKey(key), number);
        } else if (value instanceof Double number) {
            builder.put(AttributeKey.doubleKey(key), number);
        } else if (value instanceof Boolean bool) {
            builder.put(AttributeKey.booleanKey(key), bool);
        } else if (value instanceof List<?> list) {
            putList(builder, key, list);
        } else if (value instanceof Map<?, ?>) {
            builder.put(AttributeKey.valueKey(key), valueOf(value));
        } else {
            builder.put(AttributeKey.stringKey(key), value.toString());
        }
    }

    /** OpenTelemetry's arrays hold one type; a list of several becomes a list of values. */
    private static void putList(AttributesBuilder builder, String key, List<?> list) {
        if (isAll(String.class, list)) {
            builder.put(AttributeKey.stringArrayKey(key), cast(String.class, list));
        } else if (isAll(Long.class, list)) {
            builder.put(AttributeKey.longArrayKey(key), cast(Long.class, list));
        } else if (isAll(Double.class, list)) {
            builder.put(AttributeKey.doubleArrayKey(key), cast(Double.class, list));
        } else if (isAll(Boolean.class, list)) {
            builder.put(AttributeKey.booleanArrayKey(key), cast(Boolean.class, list));
        } else {
            builder.put(AttributeKey.valueKey(key), valueOf(list));
        }
    }

    private static boolean isAll(Class<?> type, List<?> list) {
        return list.stream().allMatch(type::isInstance);
    }

    private static <T> List<T> cast(Class<T> type, List<?> list) {
        return list.stream().map(type::cast).toList();
    }

    private static Value<?> valueOf(Object value) {
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

    private static Value<?> valueOfMap(Map<?, ?> map) {
        var values = new LinkedHashMap<String, Value<?>>();
        map.forEach((key, value) -> values.put(key.toString(), valueOf(value)));
        return Value.of(values);
    }
}
