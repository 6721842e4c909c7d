package io.deploytrace.query;

import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.vocabulary.AttributeKeys;
import org.jspecify.annotations.Nullable;

/**
 * The span that decided an outcome other than deployed. Texts of more than {@value #MAXIMUM_LENGTH} characters are cut
 * there and end with an ellipsis; the span has them in full.
 *
 * @param spanId the span; not null
 * @param rule the policy rule it evaluated; null when it names none
 * @param name the span's name; not null
 * @param message why, in its own words: the message of its verdict, else that of the last exception it recorded; null
 *     when it says nothing
 */
public record Cause(
        String spanId,
        @Nullable String rule,
        String name,
        @Nullable String message) {

    /** The most characters of a text. */
    public static final int MAXIMUM_LENGTH = 1_000;

    private static final String EXCEPTION_MESSAGE = "exception.message";
    private static final String EXCEPTION_TYPE = "exception.type";

    /** The span as a cause. */
    static Cause of(Span span) {
        var rule = span.attributes().getString(AttributeKeys.RULE_ID);
        var name = shorten(span.name());
        return new Cause(span.spanId(), shorten(rule), name == null ? "" : name, shorten(messageOf(span)));
    }

    /** What the span says about itself, in full, or null. */
    static @Nullable String messageOf(Span span) {
        var message = span.attributes().getString(AttributeKeys.MESSAGE);
        for (var i = span.events().size() - 1; message == null && i >= 0; i--) {
            message = exceptionMessage(span.events().get(i));
        }
        return message;
    }

    private static @Nullable String exceptionMessage(SpanEvent event) {
        var message = event.attributes().getString(EXCEPTION_MESSAGE);
        return message == null ? event.attributes().getString(EXCEPTION_TYPE) : message;
    }

    static @Nullable String shorten(@Nullable String text) {
        if (text == null || text.length() <= MAXIMUM_LENGTH) {
            return text;
        }
        var end = MAXIMUM_LENGTH - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
