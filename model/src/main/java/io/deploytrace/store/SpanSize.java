package io.deploytrace.store;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import java.util.List;
import java.util.Map;

/** Checks the texts of one span, what they contain and how much there is of everything. */
final class SpanSize {

    /** What a value that isn't text counts. */
    static final int SCALAR = 8;

    private final Span span;
    private long size;

    private SpanSize(Span span) {
        this.span = span;
    }

    static void check(Span span) {
        new SpanSize(span).measure();
    }

    private void measure() {
        if (span.name().isEmpty()) {
            throw InvalidSpan.of(span, "name", span.name(), "must not be empty. Say what the span records.");
        }
        text("name", span.name());
        atMost("attributes", span.attributes().size(), SpanBatch.MAXIMUM_ATTRIBUTES);
        attributes("attribute", span.attributes());
        atMost("events", span.events().size(), SpanBatch.MAXIMUM_EVENTS);
        for (var event : span.events()) {
            size += SCALAR;
            text("name of an event", event.name());
            atMost("attributes of an event", event.attributes().size(), SpanBatch.MAXIMUM_ATTRIBUTES);
            attributes("event attribute", event.attributes());
        }
        atMost("characters in all", size, SpanBatch.MAXIMUM_SPAN_SIZE);
    }

    private void atMost(String what, long count, int limit) {
        if (count > limit) {
            throw InvalidSpan.tooMany(span, what, count, limit);
        }
    }

    private void attributes(String kind, Attributes attributes) {
        for (var entry : attributes.asMap().entrySet()) {
            text(kind, entry.getKey());
            value(kind, entry.getKey(), entry.getValue(), 0);
        }
    }

    private void value(String kind, String key, Object value, int nesting) {
        if (value instanceof String string) {
            text(kind, key, string);
            return;
        }
        size += SCALAR;
        if (value instanceof List<?> || value instanceof Map<?, ?>) {
            nested(kind, key, value, nesting + 1);
        }
    }

    private void nested(String kind, String key, Object value, int nesting) {
        if (nesting > SpanBatch.MAXIMUM_NESTING) {
            throw InvalidSpan.of(
                    span,
                    kind + " " + InvalidSpan.shorten(key),
                    value,
                    "is nested more than " + SpanBatch.MAXIMUM_NESTING + " levels deep. Flatten it.");
        }
        if (value instanceof List<?> list) {
            for (var element : list) {
                value(kind, key, element, nesting);
            }
        } else if (value instanceof Map<?, ?> map) {
            for (var entry : map.entrySet()) {
                text(kind, key, (String) entry.getKey());
                value(kind, key, entry.getValue(), nesting);
            }
        }
    }

    private void text(String what, String text) {
        text(what, "", text);
    }

    private void text(String kind, String key, String text) {
        size += text.length();
        if (text.length() > SpanBatch.MAXIMUM_TEXT_LENGTH) {
            throw InvalidSpan.of(
                    span, InvalidSpan.named(kind, key), text, InvalidSpan.tooLong(text, SpanBatch.MAXIMUM_TEXT_LENGTH));
        }
        var bad = firstUnstorable(text);
        if (bad >= 0) {
            throw InvalidSpan.of(span, InvalidSpan.named(kind, key), text, InvalidSpan.unstorable(text, bad));
        }
    }

    private static int firstUnstorable(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0) {
                return i;
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
