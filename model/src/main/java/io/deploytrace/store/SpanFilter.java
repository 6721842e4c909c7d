package io.deploytrace.store;

import io.deploytrace.span.Span;
import io.deploytrace.span.TextCheck;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Which spans to list: those that have each of the values.
 *
 * @param values the value of each column that matters, of the column's {@linkplain SpanColumn#type() type}; empty for all
 *     spans; not null, unmodifiable, in the order of the columns
 * @param range when the span was first written; not null
 */
public record SpanFilter(Map<SpanColumn, Object> values, TimeRange range) {

    /** Matches every span. */
    public static final SpanFilter ALL = new SpanFilter(Map.of(), TimeRange.ALL);

    /**
     * Copies and checks the values.
     *
     * @throws IllegalArgumentException if a value isn't of its column's type, or is a text that no store holds
     */
    public SpanFilter {
        var copy = new EnumMap<SpanColumn, Object>(SpanColumn.class);
        values.forEach((column, value) -> copy.put(column, checked(column, value)));
        values = Collections.unmodifiableMap(copy);
    }

    private static Object checked(SpanColumn column, Object value) {
        if (!column.type().isInstance(value)) {
            throw new IllegalArgumentException(
                    column.column() + " must be of type " + column.type().getSimpleName() + ", but is "
                            + value.getClass().getSimpleName());
        }
        if (value instanceof String text && TextCheck.firstUnstorable(text, 0) >= 0) {
            throw new IllegalArgumentException(
                    column.column() + " must have no NUL and no half of a surrogate pair: no stored text has");
        }
        return value;
    }

    /** This filter with a further value. */
    public SpanFilter and(SpanColumn column, Object value) {
        var more = new EnumMap<SpanColumn, Object>(SpanColumn.class);
        more.putAll(values);
        more.put(column, value);
        return new SpanFilter(more, range);
    }

    /** This filter for spans that were first written within the range. */
    public SpanFilter within(TimeRange range) {
        return new SpanFilter(values, range);
    }

    /** Whether the span has the values; when it was written is left to the caller. */
    boolean matches(Span span) {
        return values.entrySet().stream()
                .allMatch(entry -> entry.getValue().equals(entry.getKey().of(span)));
    }
}
