package io.deploytrace.span;

/** Which text every store can hold: any without NUL and without half of a surrogate pair. */
public final class TextCheck {

    private TextCheck() {}

    /** The index of the first character at or after this one that can't be stored, or -1; not negative, not null. */
    public static int firstUnstorable(String text, int from) {
        for (var i = from; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0) {
                return i;
            }
            if (Character.isSurrogate(c)) {
                if (!isPair(text, i)) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    private static boolean isPair(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
    }
}
