package io.deploytrace.store.postgres;

import io.deploytrace.store.TimeRange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a WHERE clause that depend on what was asked for. Each carries its SQL and the values of its
 * placeholders, so that no value ever becomes text of a statement.
 */
final class Conditions {

    private static final Instant LAST = Instant.MAX.truncatedTo(ChronoUnit.MICROS);

    private final List<String> clauses = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    /** Adds a condition with one value for each of its placeholders. */
    Conditions and(String clause, Object... values) {
        clauses.add(clause);
        parameters.addAll(Arrays.asList(values));
        return this;
    }

    /** Adds a condition with one placeholder, unless the value is null. */
    Conditions andIfGiven(String clause, @Nullable Object value) {
        return value == null ? this : and(clause, value);
    }

    /** Adds all of the other conditions. */
    Conditions and(Conditions others) {
        clauses.addAll(others.clauses);
        parameters.addAll(others.parameters);
        return this;
    }

    /** Adds the bounds of a range of time that are given. */
    Conditions within(String column, TimeRange range) {
        return andIfGiven(column + " >= ?", nextMicrosecond(range.since()))
                .andIfGiven(column + " < ?", nextMicrosecond(range.until()));
    }

    /**
     * The driver rounds to the nearest microsecond, which would let in or leave out what lies within half of one. Among
     * times of whole microseconds, those from a bound on are those from the next whole microsecond on.
     */
    private static @Nullable Instant nextMicrosecond(@Nullable Instant bound) {
        if (bound == null) {
            return null;
        }
        var floor = bound.truncatedTo(ChronoUnit.MICROS);
        return floor.equals(bound) || floor.equals(LAST) ? floor : floor.plus(1, ChronoUnit.MICROS);
    }

    /** The conditions joined by AND; {@code true} where there are none. */
    String sql() {
        return clauses.isEmpty() ? "true" : String.join("\n  and ", clauses);
    }

    /** The values in the order of their placeholders; unmodifiable. */
    List<Object> parameters() {
        return List.copyOf(parameters);
    }
}
