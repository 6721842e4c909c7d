package io.deploytrace.recorder;

import java.time.Instant;
import java.util.Objects;

/**
 * What a job token says.
 *
 * @param job the job and the trace it belongs to; not null
 * @param issuedAt when it was issued, to the second; not null
 * @param expiresAt from when on it is refused, to the second; not null
 * @param keyId the key that signed it; not null
 */
public record JobToken(JobReference job, Instant issuedAt, Instant expiresAt, String keyId) {

    /** Checks that nothing is null. */
    public JobToken {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(issuedAt, "issuedAt");
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(keyId, "keyId");
    }
}
