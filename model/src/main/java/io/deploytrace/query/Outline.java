package io.deploytrace.query;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.AttributeKeys;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a span where only the shape of its trace matters: ids, name, times, the attributes that have a column of
 * their own, and those of {@link #ATTRIBUTES}. It has no events. Tree, completeness, outcome, the spans that decided it and the fingerprint
 * are the same as with the whole spans; messages, metadata and what else is said of them are not there.
 *
 * <p>Name and attributes of more than {@value #MAXIMUM_LENGTH} characters (code points) are cut there, so that a trace of very many
 * spans fits in memory. No word of the vocabulary is that long.
 */
public final class Outline {

    /** The most characters of a name or attribute, in code points. */
    public static final int MAXIMUM_LENGTH = 256;

    /**
     * The attributes without a column of their own that tree, outcome and completeness look at. Each is there if it is a text;
     * a {@link AttributeKeys#JOB_TYPE} that is none is the empty text, since that there is one matters.
     */
    public static final List<String> ATTRIBUTES = List.of(
            AttributeKeys.RESULT,
            AttributeKeys.DECISION,
            AttributeKeys.RULE_ID,
            AttributeKeys.TRIGGER,
            AttributeKeys.NEXT_EVALUATION,
            AttributeKeys.JOB_TYPE);

    /** {@link #ATTRIBUTES}, and the message: what a row of a drawn tree says of a span. */
    public static final List<String> ATTRIBUTES_AND_MESSAGE =
            Stream.concat(ATTRIBUTES.stream(), Stream.of(AttributeKeys.MESSAGE)).toList();

    private static final List<String> COLUMNS = List.of(
            AttributeKeys.WORKSPACE_ID,
            AttributeKeys.RELEASE_TARGET_KEY,
            AttributeKeys.RELEASE_ID,
            AttributeKeys.JOB_ID,
            AttributeKeys.PARENT_TRACE_ID,
            AttributeKeys.PHASE,
            AttributeKeys.NODE_TYPE,
            AttributeKeys.STATUS);

    private Outline() {}

    /** The outline of the span. */
    public static Span of(Span span) {
        return of(span, ATTRIBUTES);
    }

    /** The same with its message, cut as the other attributes are. */
    public static Span withMessage(Span span) {
        return of(span, ATTRIBUTES_AND_MESSAGE);
    }

    private static Span of(Span span, List<String> keys) {
        var attributes = Attributes.builder();
        COLUMNS.forEach(key -> attributes.put(key, span.attributes().getString(key)));
        attributes.put(AttributeKeys.DEPTH, span.depth()).put(AttributeKeys.SEQUENCE, span.sequence());
        keys.forEach(key -> attributes.put(key, cut(span.attributes().getString(key))));
        if (span.attributes().get(AttributeKeys.JOB_TYPE) != null
                && span.attributes().getString(AttributeKeys.JOB_TYPE) == null) {
            attributes.put(AttributeKeys.JOB_TYPE, "");
        }
        var name = cut(span.name());
        return new Span(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                name == null ? "" : name,
                span.startTime(),
                span.endTime(),
                attributes.build(),
                List.of());
    }

    static @Nullable String cut(@Nullable String text) {
        return text == null
                        || text.length() <= MAXIMUM_LENGTH
                        || text.codePointCount(0, text.length()) <= MAXIMUM_LENGTH
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAXIMUM_LENGTH));
    }
}
