package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.recorder.JobReference;
import io.deploytrace.recorder.JobTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCommandTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String WORKSPACE = "01930000-0000-7000-8000-000000000001";
    private static final String TRACE = "0123456789abcdef0123456789abcdef";
    private static final String SPAN = "0123456789abcdef";
    private static final String KEYS = "k2:0123456789abcdef0123456789abcdef,k1:fedcba9876543210fedcba9876543210";

    private static TestProgram.Result token(Map<String, String> variables, String... options) {
        var arguments = new ArrayList<>(List.of("token", TRACE, "--job", "j1", "--workspace", WORKSPACE));
        arguments.addAll(List.of("--parent", SPAN, "--target", "api/production"));
        arguments.addAll(List.of(options));
        return TestProgram.create()
                .variables(variables)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .run(arguments.toArray(String[]::new));
    }

    @Test
    void token_withAllGiven_needsNoDatabase() {
        var result = token(Map.of("DEPLOYTRACE_TOKEN_SECRET", KEYS), "--release", "r1");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        var token =
                JobTokens.ofKeys(KEYS).withClock(() -> NOW).verify(result.out().strip());
        assertThat(token.job()).isEqualTo(new JobReference(WORKSPACE, TRACE, SPAN, "j1", "api/production", "r1"));
        assertThat(token.keyId()).isEqualTo("k2");
        assertThat(token.issuedAt()).isEqualTo(NOW);
        assertThat(token.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(24)));
    }

    @Test
    void ttl_setsTheExpiry() {
        var result = token(Map.of("DEPLOYTRACE_TOKEN_SECRET", KEYS), "--ttl", "30m");

        assertThat(JobTokens.read(result.out().strip()).expiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(30)));
    }

    @Test
    void json_hasTokenAndExpiry() {
        var result = token(Map.of("DEPLOYTRACE_TOKEN_SECRET", KEYS), "--json");

        assertThat(result.out())
                .matches("\\{\n  \"token\": \"[\\w.-]+\",\n  \"expiresAt\": \"2026-11-23T10:00:00Z\"\n}\n");
    }

    @Test
    void secretFile_isRead(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("secret"), KEYS + "\n");

        var result = token(Map.of("DEPLOYTRACE_TOKEN_SECRET_FILE", file.toString()));

        assertThat(result.exitCode()).isZero();
    }

    @Test
    void withoutKeys_saysHowToSetThem() {
        assertFails(
                token(Map.of()),
                2,
                "There is no key to sign a token with: set DEPLOYTRACE_TOKEN_SECRET to KID:SECRET, its secret such as"
                        + " from 'openssl rand -base64 32', or DEPLOYTRACE_TOKEN_SECRET_FILE to a file that holds that.");
    }

    @Test
    void twoSourcesOfKeys_areRefused() {
        assertFails(
                token(Map.of("DEPLOYTRACE_TOKEN_SECRET", KEYS, "DEPLOYTRACE_TOKEN_SECRET_FILE", "/x")),
                2,
                "Both DEPLOYTRACE_TOKEN_SECRET and DEPLOYTRACE_TOKEN_SECRET_FILE are set: unset one of them.");
    }

    @Test
    void shortSecret_isRefusedAndNotRepeated() {
        var result = token(Map.of("DEPLOYTRACE_TOKEN_SECRET", "k1:tooshort"));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("deploytrace: DEPLOYTRACE_TOKEN_SECRET: The secret of job token key 'k1' has 8 bytes")
                .doesNotContain("tooshort");
    }

    @Test
    void missingSecretFile_isNamed() {
        assertFails(
                token(Map.of("DEPLOYTRACE_TOKEN_SECRET_FILE", "/nowhere")),
                2,
                "DEPLOYTRACE_TOKEN_SECRET_FILE: the file /nowhere can't be read.");
    }

    private static void assertFails(TestProgram.Result result, int exitCode, String message) {
        assertThat(result).isEqualTo(new TestProgram.Result(exitCode, "", "deploytrace: " + message + "\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "0123, TRACE must be 32 lower-case hexadecimal digits",
        "0123456789ABCDEF0123456789ABCDEF, TRACE must be 32 lower-case hexadecimal digits"
    })
    void malformedTrace_isWrongUsage(String trace, String message) {
        assertFails(TestProgram.create().run("token", trace, "--job", "j1"), 2, message + ", but is '" + trace + "'.");
    }

    @ParameterizedTest
    @CsvSource({
        "--ttl, 500ms, lifetime must be at least one second",
        "--ttl, PT99999999999999999S, ''",
        "--release, ' ', releaseId must not be blank"
    })
    void argumentOfWhichNoTokenCanBeMade_isWrongUsage(String option, String value, String message) {
        assertNoToken(token(Map.of("DEPLOYTRACE_TOKEN_SECRET", KEYS), option, value), message);
    }

    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000000, j1, traceId must be lower-case hex digits",
        "0123456789abcdef0123456789abcdef, '', jobId must not be blank"
    })
    void jobThatCannotBe_isWrongUsage(String trace, String job, String message) {
        var program = TestProgram.create().variables(Map.of("DEPLOYTRACE_TOKEN_SECRET", KEYS));

        var result = program.run(
                "token", trace, "--job", job, "--workspace", WORKSPACE, "--parent", SPAN, "--target", "api/production");

        assertNoToken(result, message);
    }

    private static void assertNoToken(TestProgram.Result result, String message) {
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("deploytrace: There can't be such a token: " + message);
    }

    @Test
    void malformedDuration_isWrongUsage() {
        var result = token(Map.of("DEPLOYTRACE_TOKEN_SECRET", KEYS), "--ttl", "soon");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("""
                        deploytrace token: Invalid value for option '--ttl': 'soon' is not a duration: write a number and a unit (w, d, h, m, s, ms), such as 90d, 24h or 1h30m, or ISO 8601 such as PT24H
                        Try 'deploytrace token --help'.
                        """);
    }
}
