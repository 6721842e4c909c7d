package io.deploytrace.remote;

/** Makes what others wrote fit for a message. */
final class Texts {

    private static final int LONGEST = 2_000;

    private Texts() {}

    /** The text on one line and not too long, without the full stop at its end. */
    static String shown(String text) {
        var line = new StringBuilder();
        text.strip().codePoints().limit(LONGEST).forEach(c -> line.appendCodePoint(isShown(c) ? c : ' '));
        if (text.strip().codePointCount(0, text.strip().length()) > LONGEST) {
            return line.append('…').toString();
        }
        return line.length() > 0 && line.charAt(line.length() - 1) == '.'
                ? line.substring(0, line.length() - 1)
                : line.toString();
    }

    private static boolean isShown(int codePoint) {
        return !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
    }
}
