package io.deploytrace.opa;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a set of what speaks against a deployment. */
record DeniedAt(ResultPart denials) implements VerdictReader {

    @Override
    public @Nullable Verdict read(OpaDecision decision) {
        return denials.read(decision, value -> ofValue(decision, value));
    }

    private @Nullable Verdict ofValue(OpaDecision decision, @Nullable Object value) {
        if (value == null || Boolean.TRUE.equals(value)) {
            return Verdict.blocked(denials.is(decision, value));
        }
        if (value instanceof Number || (value instanceof Map && denials.isTouched(decision))) {
            return null; // a mask may have put keys into an object, but no elements into an array
        }
        var reasons = Texts.of(value);
        if (!Boolean.FALSE.equals(value) && !reasons.isEmpty()) {
            return Verdict.blocked(String.join("; ", reasons));
        }
        return isEmpty(value) ? ofNothing(decision, value) : Verdict.blocked(denials.is(decision, value));
    }

    /** Elements that say nothing are denials as well. */
    private static boolean isEmpty(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().allMatch(element -> element == null || element.equals(false));
        }
        return value.equals(false) || value.equals(List.of());
    }

    /** What OPA erased may have been the reason. */
    private @Nullable Verdict ofNothing(OpaDecision decision, Object value) {
        return denials.isTouched(decision) ? null : Verdict.allowed(denials.is(decision, value));
    }
}
