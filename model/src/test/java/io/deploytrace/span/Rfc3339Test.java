package io.deploytrace.span;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Rfc3339Test {

    @Test
    void format_always_hasNineDigits() {
        assertThat(Rfc3339.format(Instant.parse("2024-01-15T10:30:00Z"))).isEqualTo("2024-01-15T10:30:00.000000000Z");
        assertThat(Rfc3339.format(Instant.parse("2024-01-15T10:30:00.123456789Z")))
                .isEqualTo("2024-01-15T10:30:00.123456789Z");
        assertThat(Rfc3339.format(Instant.parse("0001-01-01T00:00:00Z"))).isEqualTo("0001-01-01T00:00:00.000000000Z");
        assertThat(Rfc3339.format(Instant.parse("9999-12-31T23:59:59.000000001Z")))
                .isEqualTo("9999-12-31T23:59:59.000000001Z");
        assertThat(Rfc3339.format(Instant.parse("+10000-01-01T00:00:00Z")))
                .isEqualTo("+10000-01-01T00:00:00.000000000Z");
    }

    @Test
    void parse_anyOffsetAndPrecision_givesTheInstant() {
        assertThat(Rfc3339.parse("2024-01-15T12:30:00.5+02:00")).isEqualTo(Instant.parse("2024-01-15T10:30:00.5Z"));
        assertThat(Rfc3339.parse("2024-01-15T10:30:00Z")).isEqualTo(Instant.parse("2024-01-15T10:30:00Z"));
    }

    @Test
    void parse_whatIsNoTime_fails() {
        for (var text : new String[] {"", "yesterday", "2024-01-15", "2024-13-15T10:30:00Z", "2024-01-15T10:30:00"}) {
            assertThatThrownBy(() -> Rfc3339.parse(text)).isInstanceOf(DateTimeException.class);
        }
    }

    @Test
    void parse_ofFormat_isTheSameInstant() {
        var random = new Random(8);
        for (var i = 0; i < 1_000; i++) {
            var instant = Instant.ofEpochSecond(
                    random.nextLong(-62_135_596_800L, 253_402_300_800L), random.nextInt(1_000_000_000));
            assertThat(Rfc3339.parse(Rfc3339.format(instant))).isEqualTo(instant);
        }
    }
}
