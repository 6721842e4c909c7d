package io.deploytrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCursorTest {

    private static final PageCursor CURSOR =
            PageCursor.of("traces", "2026-11-22T09:00:00.123456Z", "01020304050607080910111213141516");

    @Test
    void parse_textOfACursor_givesTheCursor() {
        assertThat(PageCursor.parse("traces", 2, CURSOR.text())).isEqualTo(CURSOR);
    }

    @Test
    void parse_emptyAndUnusualParts_giveTheCursor() {
        var cursor = PageCursor.of("targets", "", "zürich/εὖ\uD83D\uDE80\n");

        assertThat(PageCursor.parse("targets", 2, cursor.text())).isEqualTo(cursor);
    }

    @Test
    void text_ofACursor_isSafeInAUrl() {
        assertThat(CURSOR.text()).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void time_ofATime_isTheTime() {
        assertThat(CURSOR.time(0)).isEqualTo(Instant.parse("2026-11-22T09:00:00.123456Z"));
    }

    @Test
    void time_ofSomethingElse_fails() {
        assertInvalid(() -> CURSOR.time(1), "names no time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "AAAA", "AAAAAAAA"})
    void parse_tooShortText_fails(String text) {
        assertInvalid(() -> PageCursor.parse("traces", 2, text), "The cursor \"" + text + "\" is ");
    }

    @Test
    void parse_textThatIsNoBase64_fails() {
        assertInvalid(() -> PageCursor.parse("traces", 2, "50; drop table"), "is no base64url text");
    }

    @Test
    void parse_anyChangedCharacter_fails() {
        var text = CURSOR.text();
        for (int i = 0; i < text.length(); i++) {
            var changed = new StringBuilder(text);
            changed.setCharAt(i, text.charAt(i) == 'A' ? '9' : 'A');
            assertInvalid(() -> PageCursor.parse("traces", 2, changed.toString()), "is damaged");
        }
    }

    @Test
    void parse_textCutOff_fails() {
        var text = CURSOR.text();
        for (int i = 0; i < text.length(); i++) {
            var cut = text.substring(0, i);
            assertInvalid(() -> PageCursor.parse("traces", 2, cut), "The cursor \"");
        }
    }

    @Test
    void parse_cursorOfAnotherList_namesBoth() {
        assertInvalid(
                () -> PageCursor.parse("targets", 2, CURSOR.text()),
                "belongs to the list \"traces\", not to \"targets\"");
    }

    @Test
    void parse_wrongNumberOfParts_fails() {
        assertInvalid(() -> PageCursor.parse("traces", 3, CURSOR.text()), "is none that this store handed out");
    }

    private static void assertInvalid(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        e -> assertThat(e.reason()).isEqualTo(SpanStoreException.Reason.INVALID_SPAN))
                .hasMessageContaining(message)
                .hasMessageContaining("begin anew");
    }
}
