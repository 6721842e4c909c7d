package io.deploytrace.store;

import io.deploytrace.query.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Which release targets to list; a null criterion matches every one, and a target must match both.
 *
 * @param outcome the outcome of its newest trace
 * @param text a part of its key, whatever the case of its letters. Every character means itself
 */
public record TargetFilter(
        @Nullable Outcome outcome, @Nullable String text) {

    /** Matches every target. */
    public static final TargetFilter ALL = new TargetFilter(null, null);

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException if {@code text} is none that can be looked for ({@link SearchText#of})
     */
    public TargetFilter {
        if (text != null) {
            SearchText.of(text);
        }
    }
}
