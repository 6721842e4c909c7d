package io.deploytrace.recorder;

import java.util.function.Consumer;

/**
 * Brings text into what every store takes, for a whole trace would be refused otherwise: NUL and lone surrogates
 * are replaced by U+FFFD, and text that is too long is cut, with its former length at its end.
 */
final class StorableText {

    private static final char REPLACEMENT = '\uFFFD';

    private final Consumer<String> warnings;

    /** The warnings are told what was changed. */
    StorableText(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** The text as it can be stored, of at most so many characters; {@code what} names it in a warning. */
    String of(String what, String text, int longest) {
        var cut = text.length() > longest ? cut(what, text, longest) : text;
        var bad = firstBad(cut, 0);
        return bad < 0 ? cut : replace(what, cut, bad);
    }

    private String cut(String what, String text, int longest) {
        warnings.accept("The text of '%s' has %d characters and was cut to %d, the most that can be stored."
                .formatted(what, text.length(), longest));
        var marker = "… [cut, it had %d characters]".formatted(text.length());
        var end = longest - marker.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + marker;
    }

    private String replace(String what, String text, int firstBad) {
        warnings.accept(
                "The text of '%s' has a NUL or half of a surrogate pair at character %d, which was replaced by U+FFFD."
                        .formatted(what, firstBad));
        var chars = text.toCharArray();
        for (var bad = firstBad; bad >= 0; bad = firstBad(text, bad + 1)) {
            chars[bad] = REPLACEMENT;
        }
        return new String(chars);
    }

    /** The index of the first character at or after this one that can't be stored, or -1. */
    static int firstBad(String text, int from) {
        for (int i = from; i < text.length(); i++) {
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
