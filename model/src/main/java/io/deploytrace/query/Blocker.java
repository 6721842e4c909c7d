package io.deploytrace.query;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that stands, or stood, in the way of a deployment.
 *
 * @param span the span that says so; not null
 * @param outcome the outcome it leads to: {@link Outcome#BLOCKED}, {@link Outcome#WAITING}, {@link Outcome#INELIGIBLE} or
 *     {@link Outcome#FAILED}
 * @param rule the policy rule; null when it names none
 * @param message why, in its own words and in full; null when it says nothing
 * @param metadata what its events noted, exceptions and verdicts aside; of several values of a key, the latest; not null
 * @param nextEvaluation when it is evaluated next; null when it doesn't say
 * @param remedy what would clear it, as one sentence; not null
 */
public record Blocker(
        Span span,
        Outcome outcome,
        @Nullable String rule,
        @Nullable String message,
        Attributes metadata,
        @Nullable Instant nextEvaluation,
        String remedy) {

    /** What people call it: the span's name. */
    public String name() {
        return span.name();
    }
}
