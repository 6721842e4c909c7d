package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {

    @ParameterizedTest
    @CsvSource({
        "90d, PT2160H",
        "24h, PT24H",
        "30m, PT30M",
        "45s, PT45S",
        "500ms, PT0.5S",
        "1m5ms, PT1M0.005S",
        "2w, PT336H",
        "1h30m, PT1H30M",
        "PT24H, PT24H",
        "P1DT2H, PT26H",
        "999999999d, PT23999999976H"
    })
    void convert_duration_isRead(String text, Duration expected) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "d", "90 d", "-5m", "1.5h", "5y", "soon", "9999999999d"})
    void convert_noDuration_saysHowToWriteOne(String text) {
        assertThatThrownBy(() -> new DurationConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is not a duration: write a number and a unit (w, d, h, m, s, ms),"
                        + " such as 90d, 24h or 1h30m, or ISO 8601 such as PT24H");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0d", "PT0S", "-PT5M"})
    void convert_nothing_isRefused(String text) {
        assertThatThrownBy(() -> new DurationConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is not a duration of more than nothing");
    }
}
