package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.store.SpanBatch;

/** Whether a span can be stored as it is. Says no also to what only may need a change: to what is close to a limit. */
final class StorableCheck {

    private StorableCheck() {}

    static boolean passes(Span span) {
        var size = SpanBatch.sizeOf(span);
        return size >= 0 && size <= StorableValues.LONG_TEXTS && columnsFit(span.attributes());
    }

    private static boolean columnsFit(Attributes attributes) {
        for (var column : StorableValues.COLUMNS) {
            if (attributes.get(column) instanceof String text && text.length() > SpanBatch.MAXIMUM_COLUMN_LENGTH) {
                return false;
            }
        }
        return true;
    }
}
