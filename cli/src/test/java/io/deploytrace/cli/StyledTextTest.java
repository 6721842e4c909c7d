package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StyledTextTest {

    @Test
    void render_withoutColour_holdsNoEscape() {
        var text = StyledText.of(Hue.BAD, "failed").plus(" ").plus(Hue.GOOD, "deployed");

        assertThat(text.render(false)).isEqualTo("failed deployed");
    }

    @Test
    void render_withColour_wrapsEachPart() {
        var text = StyledText.of(Hue.BAD, "failed").plus(" ").plus(Hue.GOOD, "deployed");

        assertThat(text.render(true)).isEqualTo("\u001b[31mfailed\u001b[0m \u001b[32mdeployed\u001b[0m");
    }

    @Test
    void width_wideAndCombiningCharacters_areCells() {
        assertThat(StyledText.of("数据库").width()).isEqualTo(6);
        assertThat(StyledText.of("e\u0301").width()).isEqualTo(1);
        assertThat(StyledText.of("🚀 go").width()).isEqualTo(5);
        assertThat(StyledText.of("✓ · …").width()).isEqualTo(5);
    }

    @Test
    void truncate_textThatFits_isTheSame() {
        var text = StyledText.of("abcdef");

        assertThat(text.truncate(6, "…")).isSameAs(text);
    }

    @Test
    void truncate_longText_endsWithEllipsisWithinTheCells() {
        assertThat(StyledText.of("abcdef").truncate(5, "…")).hasToString("abcd…");
        assertThat(StyledText.of("abcdef").truncate(5, "...")).hasToString("ab...");
        assertThat(StyledText.of("数据库").truncate(4, "…")).hasToString("数…");
        assertThat(StyledText.of("abcdef").truncate(1, "…")).hasToString("a");
    }

    @Test
    void truncate_severalParts_cutsWithinTheRightOne() {
        var text = StyledText.of(Hue.BAD, "abc").plus(Hue.GOOD, "def").plus("ghi");

        assertThat(text.truncate(5, "…").render(true)).isEqualTo("\u001b[31mabc\u001b[0m\u001b[32md…\u001b[0m");
    }

    @Test
    void padTo_shortText_isFilled() {
        assertThat(StyledText.of("数").padTo(4)).hasToString("数  ");
        assertThat(StyledText.of("abc").padTo(2)).hasToString("abc");
    }
}
