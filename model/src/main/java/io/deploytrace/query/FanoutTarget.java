package io.deploytrace.query;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a release stands at one release target.
 *
 * @param releaseTargetKey the release target; not null
 * @param latest the newest of its traces of this release in which there was something to do; if there is none, the newest. Where the last one
 *     up to then that {@linkplain Outcome#gotGoing() got going}, of whatever release, deployed this release, that one: what stopped later
 *     reconciles took nothing away. Not null
 * @param since when the first of its traces of this release began; not null
 * @param lastDeployed the newest of the target's traces, of whatever release, that deployed; null when none did
 * @param newestRelease the release of the target's newest trace; null when that names none
 */
public record FanoutTarget(
        String releaseTargetKey,
        TraceBrief latest,
        Instant since,
        @Nullable TraceBrief lastDeployed,
        @Nullable String newestRelease) {

    private static final Comparator<TraceBrief> BY_AGE =
            Comparator.comparing(TraceBrief::createdAt).thenComparing(TraceBrief::traceId);

    /** Checks that what must be there isn't null. */
    public FanoutTarget {
        Objects.requireNonNull(releaseTargetKey, "releaseTargetKey");
        Objects.requireNonNull(latest, "latest");
        Objects.requireNonNull(since, "since");
    }

    /** The same with other facts about the two traces. */
    public FanoutTarget with(TraceBrief otherLatest, @Nullable TraceBrief otherLastDeployed) {
        return new FanoutTarget(releaseTargetKey, otherLatest, since, otherLastDeployed, newestRelease);
    }

    /** The other release that is there: the target has moved on to it; else null. */
    public @Nullable String supersededBy() {
        if (lastDeployed == null || lastDeployed.outcome() != Outcome.DEPLOYED || isThis(lastDeployed.releaseId())) {
            return null;
        }
        var isNewer = BY_AGE.compare(lastDeployed, latest) > 0;
        var isBack = Objects.equals(lastDeployed.releaseId(), newestRelease)
                && !latest.outcome().gotGoing();
        return isNewer || isBack ? lastDeployed.releaseId() : null;
    }

    /** The other release of the target's newest trace, if the target hasn't moved on to any: it was tried, and isn't there; else null. */
    public @Nullable String triedSince() {
        return supersededBy() != null || isThis(newestRelease) ? null : newestRelease;
    }

    private boolean isThis(@Nullable String release) {
        return release == null || release.equals(latest.releaseId());
    }
}
