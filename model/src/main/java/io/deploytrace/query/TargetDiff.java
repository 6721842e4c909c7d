package io.deploytrace.query;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What changed at a release target: its newest trace beside the newest one with another outcome.
 *
 * @param releaseTargetKey the release target that was asked for; not null
 * @param newest its newest trace; null when no reconcile of it is on record
 * @param diff from the one with another outcome to the newest; null when there is none with another outcome, as far as was looked back
 * @param absence what may be why there is no newest trace; not null
 */
public record TargetDiff(
        String releaseTargetKey,
        @Nullable TraceBrief newest,
        @Nullable Diff diff,
        NotOnRecord absence) {

    /** Checks that what must be there isn't null. */
    public TargetDiff {
        Objects.requireNonNull(releaseTargetKey, "releaseTargetKey");
        Objects.requireNonNull(absence, "absence");
    }

    /** An answer of which nothing is known that may be missing. */
    public TargetDiff(String releaseTargetKey, @Nullable TraceBrief newest, @Nullable Diff diff) {
        this(releaseTargetKey, newest, diff, NotOnRecord.UNEXPLAINED);
    }

    /** The same, with what may be why there is no newest trace. */
    public TargetDiff with(NotOnRecord other) {
        return new TargetDiff(releaseTargetKey, newest, diff, other);
    }

    /**
     * The answer as a person would tell it; see {@link Diff#lines}.
     *
     * @param now the time from which times are told
     */
    public List<String> lines(Instant now) {
        if (diff != null) {
            return diff.lines(now);
        }
        return newest == null
                ? AbsenceSentences.ofTarget(releaseTargetKey, absence)
                : List.of(
                        "All reconciles of " + Spoken.line(releaseTargetKey) + " had the same outcome: "
                                + StateWords.of(newest) + ".",
                        "To compare two of them, give the ids of their traces.");
    }
}
