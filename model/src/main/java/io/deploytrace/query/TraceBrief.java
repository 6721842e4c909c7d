package io.deploytrace.query;

import io.deploytrace.span.Span;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One trace as an answer about many traces speaks of it.
 *
 * @param traceId the trace; not null
 * @param releaseId its release; null when it names none
 * @param outcome what became of it; not null
 * @param cause the first cause; null when there is none
 * @param fingerprint its fingerprint; not null
 * @param startTime when it began; not null
 * @param createdAt when it was first written: traces are ordered by it, and then by trace id; not null
 * @param spanCount the number of its spans
 */
public record TraceBrief(
        String traceId,
        @Nullable String releaseId,
        Outcome outcome,
        @Nullable Cause cause,
        String fingerprint,
        Instant startTime,
        Instant createdAt,
        int spanCount) {

    /** The trace of a summary that was first written at a time. */
    public static TraceBrief of(TraceSummary summary, Instant createdAt) {
        return new TraceBrief(
                summary.traceId(),
                summary.releaseId(),
                summary.outcome(),
                summary.cause(),
                summary.fingerprint(),
                summary.startTime(),
                createdAt,
                summary.spanCount());
    }

    /** Whether it gives the same answer as the other: the same outcome of the same release, by the same path. */
    boolean isSame(TraceBrief other) {
        return fingerprint.equals(other.fingerprint)
                && outcome == other.outcome
                && Objects.equals(releaseId, other.releaseId);
    }

    /** Whether people would call it the same state: the same outcome of the same release, because of the same. */
    public boolean isSameState(TraceBrief other) {
        return outcome == other.outcome
                && Objects.equals(releaseId, other.releaseId)
                && Objects.equals(subject(), other.subject());
    }

    /** The rule of the cause, or its name where it names none; null without a cause. */
    @Nullable String subject() {
        return cause == null ? null : cause.rule() == null ? cause.name() : cause.rule();
    }

    /** The same with what became of it, and because of which span, as {@link Why} tells it: the traces linked to it counted. */
    public TraceBrief with(Outcome overall, @Nullable Span first) {
        return new TraceBrief(
                traceId,
                releaseId,
                overall,
                first == null ? null : Cause.of(first),
                fingerprint,
                startTime,
                createdAt,
                spanCount);
    }
}
