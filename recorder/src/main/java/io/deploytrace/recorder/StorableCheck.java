package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.store.SpanBatch;

/**
 * Whether a span can be stored as it is. Says no also to what only may need a change, such as a list or a map: the usual span
 * has none, and nothing is copied for it.
 */
final class StorableCheck {

    private boolean passes = true;
    private long length;

    private StorableCheck() {}

    static boolean passes(Span span) {
        if (span.attributes().size() > SpanBatch.MAXIMUM_ATTRIBUTES
                || span.events().size() > SpanBatch.MAXIMUM_EVENTS) {
            return false;
        }
        var check = new StorableCheck();
        check.text(span.name());
        check.attributes(span.attributes());
        for (var event : span.events()) {
            check.text(event.name());
            check.attributes(event.attributes());
        }
        return check.passes && check.length <= StorableValues.LONG_TEXTS;
    }

    private void attributes(Attributes attributes) {
        passes &= attributes.size() <= SpanBatch.MAXIMUM_ATTRIBUTES;
        for (var entry : attributes.asMap().entrySet()) {
            text(entry.getKey());
            value(entry.getKey(), entry.getValue());
        }
    }

    private void value(String key, Object value) {
        if (value instanceof String text) {
            text(
                    text,
                    text.length() > SpanBatch.MAXIMUM_COLUMN_LENGTH
                            ? StorableValues.longest(key)
                            : SpanBatch.MAXIMUM_COLUMN_LENGTH);
        } else {
            passes &= value instanceof Long || value instanceof Double || value instanceof Boolean;
        }
    }

    private void text(String text) {
        text(text, SpanBatch.MAXIMUM_TEXT_LENGTH);
    }

    private void text(String text, int longest) {
        length += text.length();
        passes = passes && text.length() <= longest && StorableText.firstBad(text, 0) < 0;
    }
}
