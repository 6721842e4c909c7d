package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GlyphsTest {

    @Test
    void of_utf8Locale_areUnicode() {
        assertThat(Glyphs.of(Map.of("LANG", "en_GB.UTF-8"))).isEqualTo(Glyphs.UNICODE);
        assertThat(Glyphs.of(Map.of("LC_ALL", "C.utf8", "LANG", "C"))).isEqualTo(Glyphs.UNICODE);
    }

    @Test
    void of_otherLocale_areAscii() {
        assertThat(Glyphs.of(Map.of("LANG", "C"))).isEqualTo(Glyphs.ASCII);
        assertThat(Glyphs.of(Map.of("LC_ALL", "", "LC_CTYPE", "de_DE.ISO-8859-1", "LANG", "en_GB.UTF-8")))
                .isEqualTo(Glyphs.ASCII);
    }

    @Test
    void of_noLocale_areUnicode() {
        assertThat(Glyphs.of(Map.of())).isEqualTo(Glyphs.UNICODE);
    }
}
