package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.vocabulary.SpanNames;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the span of the model from an OpenTelemetry span; {@link StorableSpan} brings it within the limits of a store. */
final class SpanConversion {

    /** Far beyond what a store accepts, and far from the end of the stack. */
    private static final int MAXIMUM_NESTING = 250;

    private SpanConversion() {}

    static Span convert(SpanData data) {
        return new Span(
                data.getTraceId(),
                data.getSpanId(),
                SpanId.isValid(data.getParentSpanId()) ? data.getParentSpanId() : null,
                data.getName().isEmpty() ? SpanNames.UNNAMED : data.getName(),
                EpochNanos.instant(data.getStartEpochNanos()),
                data.hasEnded()
                        ? EpochNanos.instant(Math.max(data.getStartEpochNanos(), data.getEndEpochNanos()))
                        : null,
                attributes(data.getAttributes()),
                events(data));
    }

    private static List<SpanEvent> events(SpanData data) {
        var events = new ArrayList<SpanEvent>(data.getEvents().size());
        for (var event : data.getEvents()) {
            events.add(new SpanEvent(
                    event.getName(), EpochNanos.instant(event.getEpochNanos()), attributes(event.getAttributes())));
        }
        return events;
    }

    private static Attributes attributes(io.opentelemetry.api.common.Attributes attributes) {
        var builder = Attributes.builder();
        attributes.forEach((key, value) -> builder.put(key.getKey(), of(value, 0)));
        return builder.build();
    }

    private static Object of(Object value, int nesting) {
        if (!(value instanceof Value<?> complex)) {
            return value;
        }
        if (nesting > MAXIMUM_NESTING) {
            return complex.asString();
        }
        return switch (complex.getType()) {
            case EMPTY -> "";
            case BYTES -> complex.asString();
            case ARRAY -> ofList((List<?>) complex.getValue(), nesting + 1);
            case KEY_VALUE_LIST -> ofMap((List<?>) complex.getValue(), nesting + 1);
            default -> complex.getValue();
        };
    }

    private static List<Object> ofList(List<?> list, int nesting) {
        var converted = new ArrayList<Object>(list.size());
        list.forEach(element -> converted.add(of(element, nesting)));
        return converted;
    }

    private static Map<String, Object> ofMap(List<?> entries, int nesting) {
        var converted = new LinkedHashMap<String, Object>();
        for (var entry : entries) {
            var pair = (KeyValue) entry;
            converted.put(pair.getKey(), of(pair.getValue(), nesting));
        }
        return converted;
    }
}
