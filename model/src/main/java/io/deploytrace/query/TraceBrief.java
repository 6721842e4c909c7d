package io.deploytrace.query;

import io.deploytrace.vocabulary.SpanNames;
import java.time.Instant;
import java.util.Collection;
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
 */
public record TraceBrief(
        String traceId,
        @Nullable String releaseId,
        Outcome outcome,
        @Nullable Cause cause,
        String fingerprint,
        Instant startTime,
        Instant createdAt) {

    /** The trace of a summary that was first written at a time. */
    public static TraceBrief of(TraceSummary summary, Instant createdAt) {
        return new TraceBrief(
                summary.traceId(),
                summary.releaseId(),
                summary.outcome(),
                summary.cause(),
                summary.fingerprint(),
                summary.startTime(),
                createdAt);
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

    /**
     * The same with the traces that are linked to it, as {@link Why} counts them: where the deployment got going, it failed if one of them did,
     * and it is running while one is. What failed within a job is the cause rather than that the job failed.
     *
     * @param linked the linked traces, oldest first
     */
    public TraceBrief withLinked(Collection<TraceSummary> linked) {
        if (outcome != Outcome.DEPLOYED && outcome != Outcome.RUNNING && outcome != Outcome.FAILED) {
            return this;
        }
        for (var other : linked) {
            if (other.outcome() == Outcome.FAILED) {
                return with(Outcome.FAILED, isCausedByAJob() ? other.cause() : cause);
            }
        }
        var isRunning = linked.stream().anyMatch(other -> other.outcome() == Outcome.RUNNING);
        return isRunning && outcome == Outcome.DEPLOYED ? with(Outcome.RUNNING, null) : this;
    }

    private boolean isCausedByAJob() {
        return outcome != Outcome.FAILED || cause == null || cause.name().startsWith(SpanNames.job(""));
    }

    private TraceBrief with(Outcome overall, @Nullable Cause first) {
        return new TraceBrief(traceId, releaseId, overall, first, fingerprint, startTime, createdAt);
    }
}
