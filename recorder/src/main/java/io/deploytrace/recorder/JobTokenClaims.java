package io.deploytrace.recorder;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** The claims of a job token: their names, and how they are written and read. */
final class JobTokenClaims {

    private static final String WORKSPACE = "workspace_id";
    private static final String TRACE = "trace_id";
    private static final String PARENT_SPAN = "parent_span_id";
    private static final String JOB = "job_id";
    private static final String RELEASE_TARGET = "release_target_key";
    private static final String RELEASE = "release_id";

    private JobTokenClaims() {}

    static JWTClaimsSet of(JobToken token) {
        var job = token.job();
        return new JWTClaimsSet.Builder()
                .claim(WORKSPACE, job.workspaceId())
                .claim(TRACE, job.traceId())
                .claim(PARENT_SPAN, job.parentSpanId())
                .claim(JOB, job.jobId())
                .claim(RELEASE_TARGET, job.releaseTargetKey())
                .claim(RELEASE, job.releaseId())
                .issueTime(Date.from(token.issuedAt()))
                .expirationTime(Date.from(token.expiresAt()))
                .build();
    }

    static JobToken read(SignedJWT signed) {
        try {
            var claims = signed.getJWTClaimsSet();
            return new JobToken(
                    job(claims),
                    time("iat", claims.getIssueTime()),
                    time("exp", claims.getExpirationTime()),
                    required("kid", signed.getHeader().getKeyID()));
        } catch (ParseException | IllegalArgumentException e) {
            throw new InvalidJobTokenException("The claims of the job token can't be read: " + e.getMessage(), e);
        }
    }

    private static JobReference job(JWTClaimsSet claims) throws ParseException {
        return new JobReference(
                required(WORKSPACE, claims.getStringClaim(WORKSPACE)),
                required(TRACE, claims.getStringClaim(TRACE)),
                required(PARENT_SPAN, claims.getStringClaim(PARENT_SPAN)),
                required(JOB, claims.getStringClaim(JOB)),
                claims.getStringClaim(RELEASE_TARGET),
                claims.getStringClaim(RELEASE));
    }

    private static Instant time(String claim, @Nullable Date date) {
        if (date == null) {
            throw new IllegalArgumentException(claim + " is missing");
        }
        return date.toInstant();
    }

    private static String required(String claim, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException(claim + " is missing");
        }
        return value;
    }
}
