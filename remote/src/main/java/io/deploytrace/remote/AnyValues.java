package io.deploytrace.remote;

import io.deploytrace.span.Attributes;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Attributes in the messages of the protocol, in their order. */
final class AnyValues {

    private AnyValues() {}

    static List<KeyValue> of(Attributes attributes) {
        return entries(attributes.asMap());
    }

    private static List<KeyValue> entries(Map<?, ?> values) {
        var entries = new ArrayList<KeyValue>(values.size());
        values.forEach((key, value) -> entries.add(
                KeyValue.newBuilder().setKey((String) key).setValue(of(value)).build()));
        return entries;
    }

    private static AnyValue of(Object value) {
        var message = AnyValue.newBuilder();
        if (value instanceof String text) {
            message.setStringValue(text);
        } else if (value instanceof Long number) {
            message.setIntValue(number);
        } else if (value instanceof Double number) {
            message.setDoubleValue(number);
        } else if (value instanceof Boolean truth) {
            message.setBoolValue(truth);
        } else if (value instanceof List<?> list) {
            message.setArrayValue(array(list));
        } else if (value instanceof Map<?, ?> map) {
            message.setKvlistValue(KeyValueList.newBuilder().addAllValues(entries(map)));
        } else {
            throw new IllegalStateException(
                    "An attribute is of " + value.getClass() + ", which the model has none of.");
        }
        return message.build();
    }

    private static ArrayValue array(List<?> list) {
        var array = ArrayValue.newBuilder();
        for (var element : list) {
            array.addValues(of(element));
        }
        return array.build();
    }
}
