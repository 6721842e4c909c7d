package io.deploytrace.remote;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads spans out of messages as whoever knows the protocol alone would. */
final class ReadBack {

    private ReadBack() {}

    static Span of(io.opentelemetry.proto.trace.v1.Span message) {
        return new Span(
                HexFormat.of().formatHex(message.getTraceId().toByteArray()),
                HexFormat.of().formatHex(message.getSpanId().toByteArray()),
                message.getParentSpanId().isEmpty()
                        ? null
                        : HexFormat.of().formatHex(message.getParentSpanId().toByteArray()),
                message.getName(),
                time(message.getStartTimeUnixNano()),
                end(message.getEndTimeUnixNano()),
                attributes(message.getAttributesList()),
                message.getEventsList().stream()
                        .map(event -> new SpanEvent(
                                event.getName(), time(event.getTimeUnixNano()), attributes(event.getAttributesList())))
                        .toList());
    }

    private static @Nullable Instant end(long nanos) {
        return nanos == 0 ? null : time(nanos);
    }

    private static Instant time(long unsignedNanos) {
        return Instant.ofEpochSecond(
                Long.divideUnsigned(unsignedNanos, 1_000_000_000),
                Long.remainderUnsigned(unsignedNanos, 1_000_000_000));
    }

    private static Attributes attributes(List<KeyValue> entries) {
        return Attributes.copyOf(map(entries));
    }

    private static Map<String, Object> map(List<KeyValue> entries) {
        var map = new LinkedHashMap<String, Object>();
        entries.forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
        return map;
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(ReadBack::value)
                        .toList();
            case KVLIST_VALUE -> map(value.getKvlistValue().getValuesList());
            default -> throw new AssertionError("a value of another kind: " + value);
        };
    }
}
