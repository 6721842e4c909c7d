package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T14:30:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms", "PT0.0004S, <1 ms", "PT0.012S, 12 ms", "PT0.999999S, 999 ms", "PT1.94S, 1.9 s",
        "PT9.99S, 9.9 s", "PT10.2S, 10 s", "PT1M, 1 m", "PT4M12S, 4 m 12 s", "PT59M59S, 59 m 59 s",
        "PT2H10M, 2 h 10 m", "PT24H, 1 d", "P3DT4H30M, 3 d 4 h", "P90D, 90 d", "PT-0.012S, -12 ms"
    })
    void words_ofDuration_hasAtMostTwoUnits(Duration duration, String words) {
        assertThat(Durations.words(duration)).isEqualTo(words);
    }

    @Test
    void words_ofTheLongestDurations_doesNotOverflow() {
        var longest = Duration.between(Instant.MIN, Instant.MAX);

        assertThat(Durations.words(longest)).isEqualTo("730485000365 d 23 h");
        assertThat(Durations.words(longest.negated())).isEqualTo("-730485000365 d 23 h");
    }

    @ParameterizedTest
    @CsvSource({"PT42S, 42 s", "PT11M, 11 m", "PT2H59M, 2 h", "PT47H, 47 h", "PT48H, 2 d", "PT-5S, 0 s"})
    void age_ofTime_hasOneUnit(Duration before, String age) {
        assertThat(Durations.age(NOW.minus(before), NOW)).isEqualTo(age);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T10:10:00Z, 10:10",
        "2026-11-17T10:10:00Z, Tue 10:10",
        "2026-11-15T10:10:00Z, 2026-11-15 10:10",
        "2026-11-23T08:00:00Z, Mon 08:00",
        "2027-01-04T08:00:00Z, 2027-01-04 08:00"
    })
    void clock_ofTime_isAsShortAsItIsClear(Instant time, String clock) {
        assertThat(Durations.clock(time, NOW)).isEqualTo(clock);
    }

    @Test
    void exact_ofTime_namesDateAndZone() {
        assertThat(Durations.exact(Instant.parse("2026-11-03T10:10:07.9Z"))).isEqualTo("Tue 2026-11-03 10:10:07 UTC");
    }
}
