package io.deploytrace.query;

import io.deploytrace.span.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a release target is as it is: the answer of its newest trace, since when, and what changed.
 *
 * @param releaseTargetKey the release target that was asked for; not null
 * @param why the answer of its newest trace; null when no reconcile of it is on record
 * @param since since when the release has come to the same there because of the same rule or, where it names none, name, whatever else was said
 *     meanwhile; null exactly when {@code why} is
 * @param streak since when the answer has been the same; null exactly when {@code why} is
 * @param before the newest trace that gave another answer, with outcome and cause as linked traces make them; null when there is none, or it
 *     wasn't looked for so far back
 * @param lastDeployed the newest trace that deployed, linked traces included; null when there is none among the newest
 *     {@value #MAXIMUM_DEPLOYED} that deployed by themselves
 * @param mayHaveDeployed whether {@code lastDeployed} is null although older ones than these deployed by themselves, which weren't looked at
 * @param isThere whether the newest trace began no job, and the release that it names is the one that deployed last, since when no job of the
 *     target began: whatever stopped the newest one, the release is there
 * @param changes what policies and checks say otherwise than in the trace that deployed last: the evaluations and checks that flipped,
 *     appeared, or vanished while others of their phase are there. Null when they weren't compared: none deployed, the newest is open, or one
 *     of the two has too many spans; unmodifiable
 * @param flapping how the first cause went the last times, if it comes and goes; else null
 * @param holders what is recorded of the jobs that, as the first cause says, hold what it waits for, the first few; not null, unmodifiable
 * @param nothingSince the time that was asked about, if no reconcile was recorded since then; else null
 * @param retention for how long the workspace keeps traces, where that may be why something isn't there: {@code why},
 *     {@code before} or {@code lastDeployed}; null when they are kept for ever, or all three are there
 * @param similar names of release targets that are like the one that was asked for, the most alike first, if {@code why} is null; not null,
 *     unmodifiable
 */
public record TargetWhy(
        String releaseTargetKey,
        @Nullable Why why,
        @Nullable Instant since,
        @Nullable Streak streak,
        @Nullable TraceSummary before,
        @Nullable TraceSummary lastDeployed,
        boolean mayHaveDeployed,
        boolean isThere,
        @Nullable List<StepChange> changes,
        @Nullable Flapping flapping,
        List<Holder> holders,
        @Nullable Instant nothingSince,
        @Nullable Duration retention,
        List<String> similar) {

    /** Among so many traces that deployed by themselves is looked for one of which no job failed. */
    public static final int MAXIMUM_DEPLOYED = 20;

    /** Copies the lists. */
    public TargetWhy {
        changes = changes == null ? null : List.copyOf(changes);
        holders = List.copyOf(holders);
        similar = List.copyOf(similar);
    }

    /** The answer when no reconcile of the release target is on record. */
    public static TargetWhy nothingRecorded(
            String releaseTargetKey, @Nullable Duration retention, List<String> similar) {
        return new TargetWhy(
                releaseTargetKey,
                null,
                null,
                null,
                null,
                null,
                false,
                false,
                null,
                null,
                List.of(),
                null,
                retention,
                similar);
    }

    /** What the newest trace says otherwise than the one that deployed last, as {@link #changes} has it, from the spans of both. */
    public static List<StepChange> changes(Collection<Span> lastDeployed, Collection<Span> newest) {
        return VerdictChanges.of(Diff.of(lastDeployed, newest));
    }

    /**
     * The answer in at most six lines that a person can act on: what became of it, why, what to do, what else,
     * since when.
     *
     * @param now the time from which durations are told
     */
    public List<String> lines(Instant now) {
        return new Sentences(now).of(this);
    }
}
