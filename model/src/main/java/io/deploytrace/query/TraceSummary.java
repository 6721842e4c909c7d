package io.deploytrace.query;

import io.deploytrace.span.Span;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One trace in one row: what lists, filters and histories need without reading its spans.
 *
 * @param workspaceId the workspace (tenant); not null
 * @param traceId the trace, 32 hex digits; not null
 * @param parentTraceId the trace it belongs under; null when it stands alone
 * @param releaseTargetKey the release target; null when no span names one
 * @param releaseId the release; null when no span names one
 * @param jobId the first job triggered, or the job an external trace belongs to; null when there is none
 * @param trigger what set it off, cut like the texts of a {@link Cause}; null when not given
 * @param startTime the earliest start of its spans; not null
 * @param endTime the latest end of its spans; null while one of them is open
 * @param outcome what became of it; not null
 * @param cause the first cause in decision order; null when deployed, running or skipped without one
 * @param spanCount the number of its spans
 * @param openCount how many of them have not ended
 * @param fingerprint equal for traces that took the same path to the same verdicts; versioned, not null
 */
public record TraceSummary(
        UUID workspaceId,
        String traceId,
        @Nullable String parentTraceId,
        @Nullable String releaseTargetKey,
        @Nullable String releaseId,
        @Nullable String jobId,
        @Nullable String trigger,
        Instant startTime,
        @Nullable Instant endTime,
        Outcome outcome,
        @Nullable Cause cause,
        int spanCount,
        int openCount,
        String fingerprint) {

    /**
     * The summary of a trace, computed from all its spans in any order, in linear time (beside sorting). Where spans
     * name different releases, targets or jobs, the first in sequence counts: the root, as far as it names one.
     *
     * @throws IllegalArgumentException if there are no spans, if they are of several traces, or if none carries a workspace id
     */
    public static TraceSummary of(Collection<Span> spans) {
        return Summaries.of(spans);
    }

    /**
     * The same, with what the span says of itself as its cause: for who computed it from {@linkplain Outline outlines} and has the whole
     * span that its cause names.
     */
    public TraceSummary withCause(Span span) {
        return with(outcome, Cause.of(span));
    }

    /** The same with outcome and cause as an answer tells them, for which those linked to it count. */
    public TraceSummary with(TraceBrief overall) {
        return with(overall.outcome(), overall.cause());
    }

    private TraceSummary with(Outcome outcome, @Nullable Cause cause) {
        return new TraceSummary(
                workspaceId,
                traceId,
                parentTraceId,
                releaseTargetKey,
                releaseId,
                jobId,
                trigger,
                startTime,
                endTime,
                outcome,
                cause,
                spanCount,
                openCount,
                fingerprint);
    }
}
