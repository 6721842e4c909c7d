package io.deploytrace.opa;

import io.deploytrace.vocabulary.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a boolean that allows, and why from the first place that says so. */
record AllowedAt(ResultPart verdict, List<ResultPart> reasons) implements VerdictReader {

    @Override
    public @Nullable Verdict read(OpaDecision decision) {
        return verdict.read(decision, value -> ofValue(decision, value));
    }

    private @Nullable Verdict ofValue(OpaDecision decision, @Nullable Object value) {
        if (value != null && !(value instanceof Boolean)) {
            return null;
        }
        var result = Boolean.TRUE.equals(value) ? Result.ALLOWED : Result.BLOCKED;
        return new Verdict(result, message(decision, value), null);
    }

    private String message(OpaDecision decision, @Nullable Object value) {
        return reasons.stream()
                .map(part -> String.join("; ", Texts.of(part.valueIn(decision))))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseGet(() -> verdict.is(decision, value));
    }
}
