package io.deploytrace.recorder;

import static io.deploytrace.recorder.TestRecorder.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Issuing, reading and verifying job tokens. */
class JobTokensTest {

    private static final Instant NOW = Instant.parse("2024-01-15T10:30:00Z");
    private static final String OTHER_SECRET = "another-secret-of-more-than-thirty-two-bytes";
    private static final JobReference JOB = new JobReference(
            TestRecorder.WORKSPACE,
            "018d0cabc44009105fec6367c9386adc",
            "5fec6367c9386adc",
            "job-1",
            TestRecorder.TARGET,
            "release-1");

    private final TestClock clock = TestClock.standingAt(NOW);
    private final JobTokens tokens = JobTokens.ofKeys("k1:" + SECRET).withClock(clock);

    @Test
    void verify_ofAnIssuedToken_givesItsClaims() {
        assertThat(tokens.verify(tokens.issue(JOB)))
                .isEqualTo(new JobToken(JOB, NOW, NOW.plus(Duration.ofHours(24)), "k1"));
    }

    @Test
    void issue_withoutReleaseAndTarget_leavesThemOut() {
        var job = new JobReference(JOB.workspaceId(), JOB.traceId(), JOB.parentSpanId(), "job-1", null, null);

        assertThat(tokens.verify(tokens.issue(job)).job()).isEqualTo(job);
    }

    @Test
    void issue_isAJwtWithHs256AndTheKeyId() throws Exception {
        var jwt = SignedJWT.parse(tokens.issue(JOB));

        assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.HS256);
        assertThat(jwt.getHeader().getKeyID()).isEqualTo("k1");
        assertThat(jwt.getJWTClaimsSet().getClaims())
                .containsOnlyKeys(
                        "workspace_id",
                        "trace_id",
                        "parent_span_id",
                        "job_id",
                        "release_target_key",
                        "release_id",
                        "iat",
                        "exp");
    }

    @Test
    void read_needsNoKey() {
        assertThat(JobTokens.read(tokens.issue(JOB)).job()).isEqualTo(JOB);
    }

    @Test
    void withLifetime_setsTheExpiry() {
        var token = tokens.withLifetime(Duration.ofMinutes(5)).issue(JOB);

        assertThat(JobTokens.read(token).expiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
        assertThatThrownBy(() -> tokens.withLifetime(Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lifetime");
    }

    @Test
    void verify_untilTheExpiryAndNotAfter() {
        var token = tokens.issue(JOB);

        clock.set(NOW.plus(Duration.ofHours(24)).minusNanos(1));
        assertThat(tokens.verify(token).job()).isEqualTo(JOB);

        clock.set(NOW.plus(Duration.ofHours(24)));
        assertRefused(token, "The job token expired at 2024-01-16T10:30:00Z");
        assertThat(JobTokens.read(token).job()).isEqualTo(JOB);
    }

    @Test
    void rotation_newKeySignsAndTheOldOneStillVerifies() {
        var old = tokens.issue(JOB);
        var rotated = JobTokens.ofKeys("k2:" + OTHER_SECRET + ",k1:" + SECRET).withClock(clock);

        assertThat(rotated.verify(old).keyId()).isEqualTo("k1");
        assertThat(rotated.verify(rotated.issue(JOB)).keyId()).isEqualTo("k2");
        assertRefused(rotated.issue(JOB), "The job token was signed with a key that isn't known (any more)");
    }

    @Test
    void verify_withAnotherSecretOfTheSameId_isRefused() {
        assertRefused(
                JobTokens.ofKeys("k1:" + OTHER_SECRET).withClock(clock).issue(JOB),
                "The signature of the job token is wrong");
    }

    @Test
    void verify_ofChangedClaims_isRefused() {
        var parts = tokens.issue(JOB).split("\\.");
        var claims =
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replace("job-1", "job-2");
        parts[1] = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));

        assertRefused(String.join(".", parts), "The signature of the job token is wrong");
    }

    @Test
    void verify_ofAnUnsignedToken_isRefused() {
        var unsigned = new PlainJWT(JobTokenClaims.of(new JobToken(JOB, NOW, NOW.plusSeconds(60), "k1"))).serialize();

        assertRefused(unsigned, "The text is no signed JSON Web Token");
        assertThatThrownBy(() -> JobTokens.read(unsigned)).isInstanceOf(InvalidJobTokenException.class);
    }

    @Test
    void verify_ofAnotherAlgorithm_isRefused() throws Exception {
        var secret = SECRET + SECRET;
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS512).keyID("k1").build(),
                JobTokenClaims.of(new JobToken(JOB, NOW, NOW.plusSeconds(60), "k1")));
        jwt.sign(new MACSigner(secret));

        assertThatThrownBy(
                        () -> JobTokens.ofKeys("k1:" + secret).withClock(clock).verify(jwt.serialize()))
                .isInstanceOf(InvalidJobTokenException.class)
                .hasMessage("The job token is signed with HS512; only HS256 is accepted");
    }

    @Test
    void verify_withoutKeyId_isRefused() throws Exception {
        var jwt = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                JobTokenClaims.of(new JobToken(JOB, NOW, NOW.plusSeconds(60), "k1")));
        jwt.sign(new MACSigner(SECRET));

        assertRefused(jwt.serialize(), "The job token was signed with a key that isn't known (any more)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"workspace_id", "trace_id", "parent_span_id", "job_id", "iat", "exp"})
    void verify_withoutAClaim_isRefusedAndNamesIt(String claim) throws Exception {
        assertRefused(signedWith(claim, null), "The claims of the job token can't be read: " + claim + " is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "workspace_id,not-a-uuid",
        "trace_id,00000000000000000000000000000000",
        "parent_span_id,5FEC6367C9386ADC",
        "job_id,' '"
    })
    void verify_ofAWrongClaim_isRefused(String claim, String value) throws Exception {
        assertThatThrownBy(() -> tokens.verify(signedWith(claim, value)))
                .isInstanceOf(InvalidJobTokenException.class)
                .hasMessageStartingWith("The claims of the job token can't be read: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "a.b.c", "....", "eyJhbGciOiJub25lIn0.e30."})
    void verify_ofNoToken_isRefused(String text) {
        assertRefused(text, "The text is no signed JSON Web Token");
    }

    private void assertRefused(String token, String message) {
        assertThatThrownBy(() -> tokens.verify(token))
                .isInstanceOf(InvalidJobTokenException.class)
                .hasMessage(message);
    }

    private static String signedWith(String claim, Object value) throws Exception {
        var claims = new JWTClaimsSet.Builder(JobTokenClaims.of(new JobToken(JOB, NOW, NOW.plusSeconds(60), "k1")))
                .claim(claim, value)
                .build();
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), claims);
        jwt.sign(new MACSigner(SECRET));
        return jwt.serialize();
    }
}
