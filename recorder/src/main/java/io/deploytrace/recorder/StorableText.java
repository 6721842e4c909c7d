package io.deploytrace.recorder;

import io.deploytrace.span.TextCheck;
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
        var bad = TextCheck.firstUnstorable(cut, 0);
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
        for (var bad = firstBad; bad >= 0; bad = TextCheck.firstUnstorable(text, bad + 1)) {
            chars[bad] = REPLACEMENT;
        }
        return new String(chars);
    }
}
