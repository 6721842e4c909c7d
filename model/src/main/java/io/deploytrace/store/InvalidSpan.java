package io.deploytrace.store;

import io.deploytrace.span.Span;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The words with which a span is refused: which span, which part of it, its value, what to do. */
final class InvalidSpan {

    private static final int LONGEST_VALUE = 60;
    private static final String END = " Nothing was written.";

    private InvalidSpan() {}

    static SpanStoreException of(Span span, String what, @Nullable Object value, String remedy) {
        return refuse(span, what + " " + describe(value) + " " + remedy);
    }

    static SpanStoreException tooMany(Span span, String what, long count, int limit) {
        return refuse(span, "it has " + count + " " + what + ", but at most " + limit + " can be stored. Record less.");
    }

    static String tooLong(String text, int limit) {
        return "has " + text.length() + " characters, but at most " + limit
                + " can be stored. Shorten it, or store it elsewhere and record where.";
    }

    static String unstorable(String text, int index) {
        var what = text.charAt(index) == 0 ? "NUL" : "half of a surrogate pair";
        return "contains " + what + " at index " + index + ", which PostgreSQL can't hold. Remove or encode it.";
    }

    /** The kind of a text and the key it stands under, if any. */
    static String named(String kind, String key) {
        return key.isEmpty() ? kind : kind + " " + shorten(key);
    }

    private static SpanStoreException refuse(Span span, String problem) {
        return new SpanStoreException(SpanStoreException.Reason.INVALID_SPAN, beginning(span) + problem + END);
    }

    /** The problem of the span alone, out of the message of its refusal. */
    static String problem(Span span, SpanStoreException refusal) {
        var message = Objects.requireNonNull(refusal.getMessage());
        return message.substring(beginning(span).length(), message.length() - END.length());
    }

    private static String beginning(Span span) {
        return "Span " + shorten(span.spanId()) + " of trace " + shorten(span.traceId()) + ": ";
    }

    private static String describe(@Nullable Object value) {
        if (value == null) {
            return "is missing: it";
        }
        var text = value.toString();
        return (value instanceof String ? '"' + shorten(text) + '"' : shorten(text));
    }

    /** At most 60 characters of the text, with what can't be printed escaped. */
    static String shorten(String text) {
        var shortened = new StringBuilder();
        for (var i = 0; i < Math.min(text.length(), LONGEST_VALUE); i++) {
            var c = text.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                shortened.append(String.format("\\u%04x", (int) c));
            } else {
                shortened.append(c);
            }
        }
        return text.length() > LONGEST_VALUE ? shortened.append("…").toString() : shortened.toString();
    }
}
