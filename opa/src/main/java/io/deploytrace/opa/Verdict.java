package io.deploytrace.opa;

import io.deploytrace.vocabulary.Result;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a decision of OPA means for a deployment.
 *
 * @param result whether it may go ahead; not null
 * @param message why, in a sentence; not null
 * @param nextEvaluation when the policy is asked again; null when that isn't known
 */
public record Verdict(
        Result result, String message, @Nullable Instant nextEvaluation) {

    /** Checks that result and message are there. */
    public Verdict {
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(message, "message");
    }

    /** The deployment may go ahead. */
    public static Verdict allowed(String message) {
        return new Verdict(Result.ALLOWED, message, null);
    }

    /** The deployment may not go ahead. */
    public static Verdict blocked(String message) {
        return new Verdict(Result.BLOCKED, message, null);
    }

    /**
     * The deployment goes ahead later, without anyone doing anything.
     *
     * @param nextEvaluation when the policy is asked again; null when that isn't known
     */
    public static Verdict pending(String message, @Nullable Instant nextEvaluation) {
        return new Verdict(Result.PENDING, message, nextEvaluation);
    }
}
