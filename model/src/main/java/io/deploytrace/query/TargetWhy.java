package io.deploytrace.query;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a release target is as it is: the answer of its newest trace, and since when.
 *
 * @param releaseTargetKey the release target that was asked for; not null
 * @param why the answer of its newest trace; null when no reconcile of it was ever recorded
 * @param streak since when the answer has been the same; null exactly when {@code why} is
 * @param before the newest trace that gave another answer; null when there is none, or it wasn't looked for so far back
 * @param lastDeployed the newest trace that deployed; null when there is none
 * @param nothingSince the time that was asked about, if no reconcile was recorded since then; else null
 */
public record TargetWhy(
        String releaseTargetKey,
        @Nullable Why why,
        @Nullable Streak streak,
        @Nullable TraceSummary before,
        @Nullable TraceSummary lastDeployed,
        @Nullable Instant nothingSince) {

    /** The answer when no reconcile of the release target was ever recorded. */
    public static TargetWhy nothingRecorded(String releaseTargetKey) {
        return new TargetWhy(releaseTargetKey, null, null, null, null, null);
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
