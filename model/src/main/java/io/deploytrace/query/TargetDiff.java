package io.deploytrace.query;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changed at a release target: its newest trace beside the newest one with another outcome.
 *
 * @param releaseTargetKey the release target that was asked for; not null
 * @param newest its newest trace; null when no reconcile of it was ever recorded
 * @param diff from the one with another outcome to the newest; null when there is none with another outcome, as far as was looked back
 */
public record TargetDiff(
        String releaseTargetKey,
        @Nullable TraceBrief newest,
        @Nullable Diff diff) {

    /**
     * The answer as a person would tell it; see {@link Diff#lines}.
     *
     * @param now the time from which times are told
     */
    public List<String> lines(Instant now) {
        if (diff != null) {
            return diff.lines(now);
        }
        var target = Spoken.line(releaseTargetKey);
        return newest == null
                ? HistorySentences.neverRecorded(target)
                : List.of(
                        "All reconciles of " + target + " had the same outcome: " + StateWords.of(newest) + ".",
                        "To compare two of them, give the ids of their traces.");
    }
}
