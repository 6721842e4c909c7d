package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpoolSettingsTest {

    private final SpoolSettings defaults = SpoolSettings.in(Path.of("spool"));

    @Test
    void defaults_areTheDocumentedOnes() {
        assertThat(defaults)
                .isEqualTo(new SpoolSettings(Path.of("spool"), 1_073_741_824, Duration.ofDays(7), 16_777_216));
    }

    @Test
    void withers_changeOneThing() {
        assertThat(defaults.withMaximumAge(Duration.ofHours(1)).maximumAge()).isEqualTo(Duration.ofHours(1));
        assertThat(defaults.withSegmentBytes(8_192).segmentBytes()).isEqualTo(8_192);
        assertThat(defaults.withMaximumBytes(64L << 20))
                .isEqualTo(new SpoolSettings(Path.of("spool"), 64L << 20, Duration.ofDays(7), 16L << 20));
    }

    @Test
    void smallBound_makesSegmentsSmaller() {
        assertThat(defaults.withMaximumBytes(1L << 20).segmentBytes()).isEqualTo(256L << 10);
        assertThat(defaults.withMaximumBytes(5_000).segmentBytes()).isEqualTo(4_096);
    }

    @Test
    void valuesOutsideTheirLimits_areRefusedWithWhatIsAllowed() {
        assertThatThrownBy(() -> defaults.withSegmentBytes(4_095))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("segmentBytes is 4095. It must be at least 4096.");
        assertThatThrownBy(() -> defaults.withSegmentBytes(2L << 30))
                .hasMessage("maximumBytes is 1073741824. It must be at least segmentBytes, which is 2147483648.");
        assertThatThrownBy(() -> defaults.withMaximumBytes(0))
                .hasMessage("maximumBytes is 0. It must be at least segmentBytes, which is 4096.");
        assertThatThrownBy(() -> defaults.withMaximumAge(Duration.ofMillis(999)))
                .hasMessage("maximumAge is PT0.999S. It must be at least one second.");
    }
}
