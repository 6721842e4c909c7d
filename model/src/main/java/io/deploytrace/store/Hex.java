package io.deploytrace.store;

/**
 * Recognises ids. The digits of an id are random, and a branch for each would be mispredicted every other time: a table
 * says what each character is, and the answers are added up.
 */
final class Hex {

    private static final int UUID_LENGTH = 36;
    private static final int OTHER = 2;
    private static final byte[] KINDS = new byte[128];

    static {
        for (var c = 0; c < KINDS.length; c++) {
            var digit = c == '0' ? 0 : 1;
            KINDS[c] = (byte) ("0123456789abcdef".indexOf(c) < 0 ? OTHER : digit);
        }
    }

    private Hex() {}

    /** Whether the text is so many lower-case hex digits that aren't all zeros. */
    static boolean isId(String text, int length) {
        return text.length() == length && kinds(text, 0, length) == 1;
    }

    /** Whether the text is a UUID in lower case. */
    static boolean isUuid(String text) {
        return text.length() == UUID_LENGTH
                && text.charAt(8) == '-'
                && text.charAt(13) == '-'
                && text.charAt(18) == '-'
                && text.charAt(23) == '-'
                && (kinds(text, 0, 8)
                                | kinds(text, 9, 13)
                                | kinds(text, 14, 18)
                                | kinds(text, 19, 23)
                                | kinds(text, 24, UUID_LENGTH))
                        < OTHER;
    }

    /** 0 if these characters are zeros, 1 if they are lower-case hex digits, more if one isn't. */
    private static int kinds(String text, int from, int to) {
        var kinds = 0;
        for (var i = from; i < to; i++) {
            var c = text.charAt(i);
            kinds |= c < KINDS.length ? KINDS[c] : OTHER;
        }
        return kinds;
    }
}
