package io.deploytrace.buffer;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import java.util.List;
import java.util.Map;

/**
 * Estimates how much memory spans take: 300 bytes for a span and 100 for each event, attribute, list or map, and one byte for each
 * character. Texts outside of Latin-1 take twice that; keys that many spans share take less.
 */
final class SpanBytes {

    private static final int SPAN = 300;
    private static final int PART = 100;

    private SpanBytes() {}

    static long of(List<Span> spans) {
        var bytes = 0L;
        for (var span : spans) {
            bytes += of(span);
        }
        return bytes;
    }

    private static long of(Span span) {
        var bytes = SPAN + span.name().length() + of(span.attributes());
        for (var event : span.events()) {
            bytes += PART + event.name().length() + of(event.attributes());
        }
        return bytes;
    }

    private static long of(Attributes attributes) {
        return of(attributes.asMap());
    }

    private static long of(Map<?, ?> entries) {
        var bytes = 0L;
        for (var entry : entries.entrySet()) {
            bytes += PART + ((String) entry.getKey()).length() + ofValue(entry.getValue());
        }
        return bytes;
    }

    private static long ofValue(Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof List<?> list) {
            return PART + list.stream().mapToLong(SpanBytes::ofElement).sum();
        }
        return value instanceof Map<?, ?> map ? of(map) : 0;
    }

    private static long ofElement(Object element) {
        return PART / 4 + ofValue(element);
    }
}
