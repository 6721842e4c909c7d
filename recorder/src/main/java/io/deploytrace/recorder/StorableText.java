package io.deploytrace.recorder;

import io.deploytrace.store.SpanBatch;
import java.util.function.Consumer;

/**
 * Brings text into what every store takes, for a whole trace would be refused otherwise: NUL and lone surrogates
 * are replaced by U+FFFD, and text beyond {@value #LONGEST} characters is cut, with its former length at its end.
 */
final class StorableText {

    /** The longest text of a value that a store takes, in characters (UTF-16). */
    static final int LONGEST = SpanBatch.MAXIMUM_TEXT_LENGTH;

    private static final char REPLACEMENT = '\uFFFD';

    private final Consumer<String> warnings;

    /** @param warnings is told what was changed */
    StorableText(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** The text as it can be stored; {@code what} names it in the warning. */
    String of(String text, String what) {
        var cut = text.length() > LONGEST ? cut(text, what) : text;
        var bad = firstBad(cut, 0);
        return bad < 0 ? cut : replace(cut, bad, what);
    }

    private String cut(String text, String what) {
        warnings.accept("The text of '%s' has %d characters and was cut: the most that can be stored is %d."
                .formatted(what, text.length(), LONGEST));
        var marker = "… [cut, it had %d characters]".formatted(text.length());
        var end = LONGEST - marker.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + marker;
    }

    private String replace(String text, int firstBad, String what) {
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
