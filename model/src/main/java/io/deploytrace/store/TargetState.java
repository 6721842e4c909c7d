package io.deploytrace.store;

import java.time.Instant;
import java.util.List;

/**
 * How a release target stands: its newest trace, and those before it. External traces, which name a parent trace, aren't
 * counted.
 *
 * @param latest the newest trace; not null
 * @param recent the newest traces, newest first, at most {@value #RECENT} and at least the latest; not null, unmodifiable
 */
public record TargetState(StoredTrace latest, List<RecentTrace> recent) {

    /** The most traces of one target. */
    public static final int RECENT = 20;

    /**
     * Copies the traces.
     *
     * @throws IllegalArgumentException if there are none
     */
    public TargetState {
        recent = List.copyOf(recent);
        if (recent.isEmpty()) {
            throw new IllegalArgumentException("recent must hold at least the latest trace");
        }
    }

    /**
     * Since when the answer has been the same: when the oldest was first written of the newest traces that have the release and the
     * fingerprint of the latest. If not {@link #sinceIsKnown()}, it has been so for still longer.
     */
    public Instant since() {
        return recent.get(same() - 1).createdAt();
    }

    /** Whether the traces reach back to the one that gave another answer, or to the target's first. */
    public boolean sinceIsKnown() {
        return same() < RECENT;
    }

    /** How many of the newest traces give the same answer. */
    private int same() {
        var count = 1;
        while (count < recent.size() && recent.get(count).isSame(recent.get(0))) {
            count++;
        }
        return count;
    }
}
