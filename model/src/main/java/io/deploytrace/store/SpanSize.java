package io.deploytrace.store;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.TextCheck;
import java.util.List;
import java.util.Map;

/**
 * Checks the texts of one span, what they contain and how much there is of everything. What can be said of attributes as a
 * whole is asked first; each text is looked at only to say which one is refused.
 */
final class SpanSize {

    /** What a value that isn't text counts. */
    static final int SCALAR = Attributes.SCALAR_SIZE;

    private final Span span;
    private long size;

    private SpanSize(Span span) {
        this.span = span;
    }

    static void check(Span span) {
        var size = of(span);
        if (size < 0 || size > SpanBatch.MAXIMUM_SPAN_SIZE) {
            new SpanSize(span).measure();
        }
    }

    /** The size, negative if something is refused. */
    static long of(Span span) {
        var events = span.events();
        if (span.name().isEmpty() || events.size() > SpanBatch.MAXIMUM_EVENTS) {
            return Attributes.NOT_STORABLE;
        }
        var size = sum(span.name(), span.attributes());
        for (var i = 0; size >= 0 && i < events.size(); i++) {
            var event = sum(events.get(i).name(), events.get(i).attributes());
            size = event < 0 ? event : size + SCALAR + event;
        }
        return size;
    }

    private static long sum(String name, Attributes attributes) {
        var size = attributes.storableSize();
        if (size < 0
                || attributes.size() > SpanBatch.MAXIMUM_ATTRIBUTES
                || name.length() > SpanBatch.MAXIMUM_TEXT_LENGTH
                || TextCheck.firstUnstorable(name, 0) >= 0) {
            return Attributes.NOT_STORABLE;
        }
        return (long) size + name.length();
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
        var bad = TextCheck.firstUnstorable(text, 0);
        if (bad >= 0) {
            throw InvalidSpan.of(span, InvalidSpan.named(kind, key), text, InvalidSpan.unstorable(text, bad));
        }
    }
}
