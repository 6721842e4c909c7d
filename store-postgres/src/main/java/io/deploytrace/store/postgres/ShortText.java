package io.deploytrace.store.postgres;

import java.util.Objects;

/** A name or a note that people give to something. */
final class ShortText {

    private static final int MAXIMUM_LENGTH = 100;

    private ShortText() {}

    /**
     * The text, if it can be stored and printed on one line.
     *
     * @param what what the text is, at the beginning of the message
     * @throws IllegalArgumentException if it is blank, has more than {@value #MAXIMUM_LENGTH} characters, or holds control
     *     characters or half of a surrogate pair
     */
    static String check(String what, String text) {
        Objects.requireNonNull(text, what);
        var length = text.codePointCount(0, text.length());
        if (text.isBlank() || length > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException(
                    what + " must have 1 to " + MAXIMUM_LENGTH + " characters, not all blank, but has " + length);
        }
        if (text.codePoints().anyMatch(ShortText::isUnfit)) {
            throw new IllegalArgumentException(what + " must not contain control characters or half of a"
                    + " surrogate pair, but is \"" + text.replaceAll("\\p{Cntrl}", "?") + "\"");
        }
        return text;
    }

    private static boolean isUnfit(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }
}
