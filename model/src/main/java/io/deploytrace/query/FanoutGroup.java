package io.deploytrace.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The release targets at which a release stands alike: with the same outcome because of the same rule, or name where it names none.
 *
 * @param outcome the outcome; not null
 * @param cause the cause at the first of the targets, without its message where the others don't say the same; null when there is none
 * @param targets the targets, by key; not null, unmodifiable, not empty
 */
public record FanoutGroup(Outcome outcome, @Nullable Cause cause, List<FanoutTarget> targets) {

    /**
     * Copies the targets.
     *
     * @throws IllegalArgumentException if there are none
     */
    public FanoutGroup {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("targets must hold at least one");
        }
    }
}
