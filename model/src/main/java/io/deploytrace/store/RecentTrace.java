package io.deploytrace.store;

import io.deploytrace.query.Outcome;
import io.deploytrace.query.Streak;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What tells one trace of a release target from the others.
 *
 * @param traceId the trace; not null
 * @param releaseId its release; null when it names none
 * @param outcome its outcome; not null
 * @param fingerprint its fingerprint; not null
 * @param createdAt when it was first written; not null
 */
public record RecentTrace(
        String traceId, @Nullable String releaseId, Outcome outcome, String fingerprint, Instant createdAt) {

    /** The trace of a summary. */
    public static RecentTrace of(StoredTrace trace) {
        var summary = trace.summary();
        return new RecentTrace(
                summary.traceId(), summary.releaseId(), summary.outcome(), summary.fingerprint(), trace.createdAt());
    }

    /** Whether it gives the same answer as the other, as {@link Streak#isSame} says. */
    boolean isSame(RecentTrace other) {
        return fingerprint.equals(other.fingerprint) && Objects.equals(releaseId, other.releaseId);
    }
}
