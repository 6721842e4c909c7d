package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CleanTextTest {

    @Test
    void clean_plainText_isTheSameText() {
        var text = "api-service · production ✓ 数据库 👍🏽 नमस्ते";

        assertThat(CleanText.clean(text)).isSameAs(text);
    }

    @Test
    void clean_escapeSequences_areSpeltOut() {
        assertThat(CleanText.clean("\u001b[31mred\u001b[0m")).isEqualTo("\\u001b[31mred\\u001b[0m");
        assertThat(CleanText.clean("\u009b31m")).isEqualTo("\\u009b31m");
        assertThat(CleanText.clean("\u001b]0;title\u0007")).isEqualTo("\\u001b]0;title\\u0007");
        assertThat(CleanText.clean("a\bb\u007f")).isEqualTo("a\\u0008b\\u007f");
    }

    @Test
    void clean_lineBreaksAndTabs_becomeOneSpace() {
        assertThat(CleanText.clean("one\r\n\ttwo\u2028three\u0085four")).isEqualTo("one two three four");
    }

    @Test
    void clean_textThatReversesTheLine_isSpeltOut() {
        assertThat(CleanText.clean("\u202egnp.exe\u2066")).isEqualTo("\\u202egnp.exe\\u2066");
    }

    @Test
    void clean_loneSurrogatesAndTags_areSpeltOut() {
        assertThat(CleanText.clean("a\ud83db")).isEqualTo("a\\ud83db");
        assertThat(CleanText.clean(Character.toString(0xE0041))).isEqualTo("\\U000e0041");
    }

    @Test
    void clean_anyText_leavesNoControlCharacter() {
        var random = new Random(20261122);
        for (var round = 0; round < 2_000; round++) {
            var text = random.ints(20, 0, 0x3100)
                    .collect(StringBuilder::new, (builder, c) -> builder.append((char) c), StringBuilder::append)
                    .toString();

            assertThat(CleanText.clean(text).codePoints())
                    .noneMatch(Character::isISOControl)
                    .noneMatch(c -> c == 0x202E || c == 0x2028 || c == 0x2029);
        }
    }

    @Test
    void wrap_words_breaksAtSpaces() {
        assertThat(CleanText.wrap("It needs 1 more approval (1 of 2: alice).", 16))
                .containsExactly("It needs 1 more", "approval (1 of", "2: alice).");
    }

    @Test
    void wrap_wordLongerThanTheLine_isCut() {
        assertThat(CleanText.wrap("aaaaaaaaaa bb", 4)).containsExactly("aaaa", "aaaa", "aa", "bb");
    }

    @Test
    void wrap_empty_isOneEmptyLine() {
        assertThat(CleanText.wrap("", 10)).containsExactly("");
    }

    @Test
    void wrap_wideCharacters_countTwoCells() {
        assertThat(CleanText.wrap("数据库迁移", 4)).containsExactly("数据", "库迁", "移");
    }

    @Test
    void wrap_oneCellAndWideCharacters_comesToAnEnd() {
        assertThat(CleanText.wrap("数据", 1)).containsExactly("数", "据");
    }
}
