package io.deploytrace.store;

import io.deploytrace.query.TraceBrief;
import io.deploytrace.query.TraceSummary;
import java.time.Instant;

/**
 * A trace's summary as a store keeps it.
 *
 * @param summary what was computed from its spans; not null
 * @param createdAt when its first spans were written; distinct between the traces of one write; not null
 * @param updatedAt when spans of it were last written, never before {@code createdAt}; not null
 * @param revision how many writes have changed it, from 1
 */
public record StoredTrace(TraceSummary summary, Instant createdAt, Instant updatedAt, long revision) {

    /** The trace as answers about many traces speak of it. */
    public TraceBrief brief() {
        return TraceBrief.of(summary, createdAt);
    }
}
