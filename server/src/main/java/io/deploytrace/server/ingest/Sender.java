package io.deploytrace.server.ingest;

import io.deploytrace.recorder.JobToken;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who sends spans, after authentication: what decides how the spans are read and what they may touch. */
public sealed interface Sender {

    /**
     * A sender whose spans say themselves what they record, in attributes of ours.
     *
     * @param workspaceId the only workspace it may write to; null if it may write to all
     */
    record Controller(@Nullable UUID workspaceId) implements Sender {}

    /**
     * A job, whose spans are stamped with what its token says.
     *
     * @param token a token that was verified; not null
     */
    record Job(JobToken token) implements Sender {}
}
