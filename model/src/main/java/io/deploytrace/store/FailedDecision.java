package io.deploytrace.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trace in which a phase decided against the deployment.
 *
 * @param traceId the trace; not null
 * @param releaseTargetKey its release target; null when the decision names none
 * @param createdAt when the decision was first written; not null
 */
public record FailedDecision(String traceId, @Nullable String releaseTargetKey, Instant createdAt) {}
