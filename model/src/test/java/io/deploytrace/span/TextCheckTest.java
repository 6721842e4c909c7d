package io.deploytrace.span;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TextCheckTest {

    private static final long SEED = 20_261_122;
    private static final char[] CHARACTERS = {'a', 'ä', '漢', '\uffff', '\ud7ff', '\ue000', '\ud83d', '\ude80', '\0'};

    @Test
    void firstUnstorable_generated_isTheFirstNulOrUnpairedSurrogate() {
        var random = new Random(SEED);
        for (var i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (var n = random.nextInt(8); n > 0; n--) {
                text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
            }
            assertThat(TextCheck.firstUnstorable(text.toString(), 0))
                    .as("seed %d: %s", SEED, text.chars().boxed().toList())
                    .isEqualTo(byCodePoints(text.toString()));
        }
    }

    @Test
    void firstUnstorable_fromALaterCharacter_findsTheNext() {
        assertThat(TextCheck.firstUnstorable("\0a\0", 1)).isEqualTo(2);
        assertThat(TextCheck.firstUnstorable("\0a\0", 3)).isEqualTo(-1);
    }

    private static int byCodePoints(String text) {
        for (var i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            var codePoint = text.codePointAt(i);
            if (codePoint == 0 || Character.getType(codePoint) == Character.SURROGATE) {
                return i;
            }
        }
        return -1;
    }
}
