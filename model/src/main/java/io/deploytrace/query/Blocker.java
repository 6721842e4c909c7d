package io.deploytrace.query;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import java.time.Instant;
import java.util.List;
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
 * @param clearedBy who or what clears it, as its metadata say: the first that is there of {@code cleared_by}, {@code may_approve},
 *     {@code owner} and {@code contact}; null when they don't say
 * @param within where it is of a linked trace: the jobs, or other spans, under which that trace and those around it stand, the outermost
 *     first, the innermost {@value #MAXIMUM_WITHIN}; empty where it is of the trace itself; not null, unmodifiable
 */
public record Blocker(
        Span span,
        Outcome outcome,
        @Nullable String rule,
        @Nullable String message,
        Attributes metadata,
        @Nullable Instant nextEvaluation,
        String remedy,
        @Nullable String clearedBy,
        List<Span> within) {

    /** The most spans around it that are told. */
    public static final int MAXIMUM_WITHIN = 10;

    /** Copies the list. */
    public Blocker {
        within = List.copyOf(within);
    }

    /** The jobs that hold what it waits for, as its metadata say under {@code held_by}; empty when they don't say. */
    public List<String> holders() {
        return Slots.holders(metadata);
    }

    /** What people call it: the span's name. */
    public String name() {
        return span.name();
    }
}
