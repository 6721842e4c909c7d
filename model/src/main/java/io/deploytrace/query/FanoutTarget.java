package io.deploytrace.query;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a release stands at one release target.
 *
 * @param releaseTargetKey the release target; not null
 * @param latest the newest of its traces of this release in which there was something to do; if there is none, the newest; not null
 * @param since when the first of its traces of this release began; not null
 * @param supersededBy the release of the target's newest trace, if that is of another one: the target has moved on; else null
 */
public record FanoutTarget(
        String releaseTargetKey,
        TraceBrief latest,
        Instant since,
        @Nullable String supersededBy) {

    /** Checks that nothing but the last is null. */
    public FanoutTarget {
        Objects.requireNonNull(releaseTargetKey, "releaseTargetKey");
        Objects.requireNonNull(latest, "latest");
        Objects.requireNonNull(since, "since");
    }

    /** The same with another trace as the latest. */
    public FanoutTarget with(TraceBrief other) {
        return new FanoutTarget(releaseTargetKey, other, since, supersededBy);
    }
}
