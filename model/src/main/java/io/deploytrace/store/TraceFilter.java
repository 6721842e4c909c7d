package io.deploytrace.store;

import io.deploytrace.query.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Which traces to list; a null criterion matches every trace, and a trace must match them all. Phase, node type
 * and status match a trace that has a span which matches all that are given of the three. Traces that name a parent
 * trace are listed under it, not beside it, unless {@code jobId} asks for them.
 *
 * @param releaseTargetKey the release target
 * @param releaseId the release
 * @param jobId a job that the trace triggered or belongs to
 * @param phase the phase of one of its spans
 * @param nodeType the node type of the same span
 * @param status the status of the same span
 * @param outcome the outcome
 * @param text a part, whatever the case of its letters, of what its summary says: release target, release, job, trigger, or the
 *     rule, name or message of its cause; or the beginning of its trace id. Every character means itself
 * @param range when it was first written; not null
 */
public record TraceFilter(
        @Nullable String releaseTargetKey,
        @Nullable String releaseId,
        @Nullable String jobId,
        @Nullable String phase,
        @Nullable String nodeType,
        @Nullable String status,
        @Nullable Outcome outcome,
        @Nullable String text,
        TimeRange range) {

    /** Matches every trace that names no parent trace. */
    public static final TraceFilter ALL =
            new TraceFilter(null, null, null, null, null, null, null, null, TimeRange.ALL);

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException if {@code text} is none that can be looked for ({@link SearchText#of})
     */
    public TraceFilter {
        if (text != null) {
            SearchText.of(text);
        }
    }

    /** The traces of one release target. */
    public static TraceFilter releaseTarget(String releaseTargetKey) {
        return new TraceFilter(releaseTargetKey, null, null, null, null, null, null, null, TimeRange.ALL);
    }
}
