package io.deploytrace.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.query.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static Parameters parameter(String name, String... values) {
        return Parameters.of(Map.of(name, List.of(values)), List.of("limit", "since", "outcome", "depth", "q"));
    }

    private static void assertRefused(ThrowingCallable call, String parameter, String detail) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.problem()).isEqualTo(Problem.INVALID_PARAMETER);
            assertThat(problem.parameter()).isEqualTo(parameter);
            assertThat(problem.detail()).contains(detail);
        });
    }

    @Test
    void of_unknownName_namesTheKnownOnes() {
        assertThatThrownBy(() -> parameter("outcom", "failed"))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.detail()).contains("'outcom'").contains("limit, since, outcome, depth, q");
                    assertThat(problem.allowed()).contains("outcome");
                });
    }

    @Test
    void of_valueThatIsRepeatedOrEmptyOrHasNul_isRefused() {
        assertRefused(() -> parameter("limit", "1", "1"), "limit", "given 2 times");
        assertRefused(() -> parameter("q", ""), "q", "is empty");
        assertRefused(() -> parameter("q", "a\0b"), "q", "U+0000");
    }

    @Test
    void oneOf_wordThatIsNone_namesThoseThereAre() {
        assertThat(parameter("outcome", "failed").oneOf("outcome", Outcome.values(), Outcome::value))
                .isEqualTo(Outcome.FAILED);
        assertRefused(
                () -> parameter("outcome", "FAILED").oneOf("outcome", Outcome.values(), Outcome::value),
                "outcome",
                "must be one of running, deployed, blocked, waiting, ineligible, failed, skipped, but is 'FAILED'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "ten", "1.5", "99999999999", " 1"})
    void limit_outOfRange_isRefused(String limit) {
        assertRefused(() -> parameter("limit", limit).limit(), "limit", "1 to 1000, but is '" + limit + "'");
    }

    @Test
    void limit_atItsEdgesOrLeftOut_isRead() {
        assertThat(parameter("limit", "1").limit()).isEqualTo(1);
        assertThat(parameter("limit", "1000").limit()).isEqualTo(1_000);
        assertThat(parameter("q", "x").limit()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({
        "24h, 2026-11-21T12:00:00Z",
        "1h30m, 2026-11-22T10:30:00Z",
        "2026-11-22T09:00:00+01:00, 2026-11-22T08:00:00Z",
        "9000w, 1854-05-28T12:00:00Z",
        "999999999d, 0001-01-01T00:00:00Z",
        "-999999-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "+99999-01-01T00:00:00Z, 9999-12-31T23:59:59.999999Z"
    })
    void time_durationOrTime_isRead(String text, Instant expected) {
        assertThat(parameter("since", text).time("since", NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "24", "0h", "2026-11-22", "2026-11-22T09:00:00", "PT9999999999999999H"})
    void time_thatIsNone_isRefused(String text) {
        assertRefused(() -> parameter("since", text).time("since", NOW), "since", "but is '" + text + "'");
    }

    @Test
    void search_textOfTooManyCharacters_isRefused() {
        assertThat(parameter("q", "x".repeat(200)).search()).hasSize(200);
        assertRefused(() -> parameter("q", "x".repeat(201)).search(), "q", "more than 200 characters");
    }
}
