package io.deploytrace.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that, as an evaluation says, holds what a release waits for, and what is recorded of it.
 *
 * @param jobId the job; not null
 * @param traceId the newest trace of it; while anything of it is open, the newest that is; not null
 * @param releaseTargetKey where it deploys to; null when it isn't recorded
 * @param outcome what became of it, {@link Outcome#RUNNING} while anything of it is open; not null
 * @param since when it began; not null
 * @param lastWritten when anything of it was last recorded; not null
 */
public record Holder(
        String jobId,
        String traceId,
        @Nullable String releaseTargetKey,
        Outcome outcome,
        Instant since,
        Instant lastWritten) {}
