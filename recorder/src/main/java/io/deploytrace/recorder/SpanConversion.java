package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the span that a store writes from an OpenTelemetry span. */
final class SpanConversion {

    private static final long NANOSECONDS_PER_SECOND = 1_000_000_000L;

    private final StorableText text;

    SpanConversion(StorableText text) {
        this.text = text;
    }

    Span convert(SpanData data) {
        return new Span(
                data.getTraceId(),
                data.getSpanId(),
                parent(data),
                text.of(data.getName(), "the name of a span"),
                instant(data.getStartEpochNanos()),
                data.hasEnded() ? instant(data.getEndEpochNanos()) : null,
                attributes(data.getAttributes()),
                events(data.getEvents()));
    }

    private static @Nullable String parent(SpanData data) {
        return SpanId.isValid(data.getParentSpanId()) ? data.getParentSpanId() : null;
    }

    private List<SpanEvent> events(List<EventData> events) {
        var converted = new ArrayList<SpanEvent>(events.size());
        for (var event : events) {
            converted.add(new SpanEvent(
                    text.of(event.getName(), "the name of an event"),
                    instant(event.getEpochNanos()),
                    attributes(event.getAttributes())));
        }
        return converted;
    }

    private Attributes attributes(io.opentelemetry.api.common.Attributes attributes) {
        if (attributes.isEmpty()) {
            return Attributes.empty();
        }
        var builder = Attributes.builder();
        attributes.forEach((key, value) ->
                builder.put(text.of(key.getKey(), "the key of an attribute"), storable(value, key.getKey())));
        return builder.build();
    }

    private Object storable(Object value, String key) {
        if (value instanceof String string) {
            return text.of(string, key);
        }
        if (value instanceof List<?> list) {
            return storableList(list, key);
        }
        return value instanceof Value<?> complex ? storableValue(complex, key) : value;
    }

    private List<Object> storableList(List<?> list, String key) {
        var converted = new ArrayList<Object>(list.size());
        for (var element : list) {
            if (element != null) {
                converted.add(storable(element, key));
            }
        }
        return converted;
    }

    private Object storableValue(Value<?> value, String key) {
        return switch (value.getType()) {
            case EMPTY -> "";
            case KEY_VALUE_LIST -> storableMap((List<?>) value.getValue(), key);
            case BYTES -> value.asString();
            default -> storable(value.getValue(), key);
        };
    }

    private Map<String, Object> storableMap(List<?> entries, String key) {
        var converted = new LinkedHashMap<String, Object>();
        for (var entry : entries) {
            var pair = (KeyValue) entry;
            converted.put(text.of(pair.getKey(), key), storable(pair.getValue(), key));
        }
        return converted;
    }

    private static Instant instant(long epochNanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, NANOSECONDS_PER_SECOND), Math.floorMod(epochNanos, NANOSECONDS_PER_SECOND));
    }
}
