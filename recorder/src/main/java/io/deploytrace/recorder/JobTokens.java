package io.deploytrace.recorder;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * Issues and verifies job tokens: JSON Web Tokens signed with HMAC SHA-256 that let the system which runs a job
 * record spans under it, and under nothing else.
 *
 * <p>Several keys may be live at once, so that they can be changed without a break: put the new key first, and leave
 * the old one behind it until the tokens it signed have expired.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class JobTokens {

    /** How long a token is valid unless said otherwise. */
    public static final Duration DEFAULT_LIFETIME = Duration.ofHours(24);

    private final JobTokenKeys keys;
    private final Duration lifetime;
    private final InstantSource clock;

    private JobTokens(JobTokenKeys keys, Duration lifetime, InstantSource clock) {
        this.keys = keys;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /**
     * Tokens with these keys, valid for {@link #DEFAULT_LIFETIME}.
     *
     * @param keys {@code kid:secret}, or several divided by commas; the first signs, all verify. A key id has 1 to 64
     *     letters, digits, dots, hyphens and underscores. A secret has at least 32 bytes (UTF-8) and no comma.
     * @throws IllegalArgumentException if it isn't so; the message names the key and never quotes a secret
     */
    public static JobTokens ofKeys(String keys) {
        return new JobTokens(JobTokenKeys.parse(keys), DEFAULT_LIFETIME, InstantSource.system());
    }

    /**
     * The same keys, issuing tokens of this lifetime.
     *
     * @param lifetime at least a second
     */
    public JobTokens withLifetime(Duration lifetime) {
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("lifetime must be at least one second, but is " + lifetime);
        }
        return new JobTokens(keys, lifetime, clock);
    }

    /** The same, with this clock instead of the system's. */
    public JobTokens withClock(InstantSource clock) {
        return new JobTokens(keys, lifetime, Objects.requireNonNull(clock, "clock"));
    }

    /** Issues a token for the job, valid from now, signed with the first key. */
    public String issue(JobReference job) {
        var issuedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var token = new JobToken(job, issuedAt, issuedAt.plus(lifetime), keys.signingKeyId());
        var header =
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(token.keyId()).build();
        var signed = new SignedJWT(header, JobTokenClaims.of(token));
        try {
            signed.sign(new MACSigner(keys.signingSecret()));
        } catch (JOSEException e) {
            throw new IllegalStateException("The job token could not be signed", e);
        }
        return signed.serialize();
    }

    /**
     * What the token says, if one of the keys signed it and it hasn't expired.
     *
     * @throws InvalidJobTokenException if not, or if it is no job token
     */
    public JobToken verify(String token) {
        var signed = parse(token);
        var header = signed.getHeader();
        if (!JWSAlgorithm.HS256.equals(header.getAlgorithm())) {
            throw new InvalidJobTokenException("The job token is signed with %s; only HS256 is accepted"
                    .formatted(header.getAlgorithm().getName()));
        }
        requireSignature(signed);
        var claims = JobTokenClaims.read(signed);
        if (!clock.instant().isBefore(claims.expiresAt())) {
            throw new InvalidJobTokenException("The job token expired at " + claims.expiresAt());
        }
        return claims;
    }

    /**
     * What the token says, without verifying it: for the program that was given it, not for one that is to trust it.
     *
     * @throws InvalidJobTokenException if it is no job token
     */
    public static JobToken read(String token) {
        return JobTokenClaims.read(parse(token));
    }

    private void requireSignature(SignedJWT signed) {
        var secret = keys.secret(signed.getHeader().getKeyID());
        if (secret == null) {
            throw new InvalidJobTokenException("The job token was signed with a key that isn't known (any more)");
        }
        try {
            if (!signed.verify(new MACVerifier(secret))) {
                throw new InvalidJobTokenException("The signature of the job token is wrong");
            }
        } catch (JOSEException e) {
            throw new InvalidJobTokenException("The signature of the job token can't be verified", e);
        }
    }

    private static SignedJWT parse(String token) {
        Objects.requireNonNull(token, "token");
        try {
            return SignedJWT.parse(token);
        } catch (ParseException e) {
            throw new InvalidJobTokenException("The text is no signed JSON Web Token", e);
        }
    }
}
