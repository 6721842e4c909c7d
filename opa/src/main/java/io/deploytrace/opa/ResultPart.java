package io.deploytrace.opa;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of OPA's result.
 *
 * @param pointer leads to it from the result; empty for all of it
 * @param path leads to it in the entry
 */
record ResultPart(String pointer, EntryPath path) {

    private static final String RESULT = "result";

    /** Throws an IllegalArgumentException if it is no JSON pointer. */
    static ResultPart of(String pointer) {
        return new ResultPart(pointer, EntryPath.ofPointer(pointer).in(RESULT));
    }

    /** The verdict that is read from its value; an error of OPA blocks, and what isn't as the policy decided tells none. */
    @Nullable Verdict read(OpaDecision decision, Function<@Nullable Object, @Nullable Verdict> reader) {
        var error = decision.error();
        if (error != null) {
            return Verdict.blocked("OPA could not evaluate it: " + error);
        }
        return decision.isReplaced(path) ? null : reader.apply(valueIn(decision));
    }

    @Nullable Object valueIn(OpaDecision decision) {
        return decision.at(path);
    }

    boolean isTouched(OpaDecision decision) {
        return decision.isTouched(path);
    }

    /** Says in a sentence what its value is. */
    String is(OpaDecision decision, @Nullable Object value) {
        if (decision.isUndefined()) {
            return "OPA's result is undefined: no rule applies, or the bundle with the rule isn't loaded";
        }
        var name = pointer.isEmpty() ? "OPA's result" : "'" + pointer.substring(1) + "' in OPA's result";
        return name + " is " + described(value);
    }

    private String described(@Nullable Object value) {
        if (value == null) {
            return pointer.isEmpty() ? "null" : "null or undefined";
        }
        var empty = value.equals(List.of()) || value.equals(Map.of());
        return empty ? "empty" : Shown.value(value);
    }
}
