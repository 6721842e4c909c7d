package io.deploytrace.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Text that others wrote, made safe to print: a name or a message must not move the cursor, recolour the terminal or
 * reverse the line it stands in.
 */
final class CleanText {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private CleanText() {}

    /**
     * The text on one line: a run of line breaks and tabs becomes one space, every other control or invisible
     * formatting character and every lone surrogate its escape, such as {@code \u001b}.
     */
    static String clean(String text) {
        if (text.codePoints().noneMatch(CleanText::isUnsafe)) {
            return text;
        }
        var clean = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(codePoint -> append(clean, codePoint));
        return clean.toString();
    }

    private static void append(StringBuilder clean, int codePoint) {
        if (!isUnsafe(codePoint)) {
            clean.appendCodePoint(codePoint);
        } else if (!isBreak(codePoint)) {
            clean.append(String.format(codePoint > 0xFFFF ? "\\U%08x" : "\\u%04x", codePoint));
        } else if (clean.length() == 0 || clean.charAt(clean.length() - 1) != ' ') {
            clean.append(' ');
        }
    }

    /** Whether it could steer a terminal, or isn't a character. */
    static boolean isUnsafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            case Character.FORMAT -> codePoint != ZERO_WIDTH_JOINER && codePoint != ZERO_WIDTH_NON_JOINER;
            default -> false;
        };
    }

    private static boolean isBreak(int codePoint) {
        return (codePoint >= '\t' && codePoint <= '\r')
                || codePoint == 0x85
                || codePoint == 0x2028
                || codePoint == 0x2029;
    }

    /** As much of the clean text as fits into the cells. */
    static String fit(String text, int cells) {
        return text.substring(0, endOfFit(text, 0, cells));
    }

    /** The clean text in lines of at most so many cells, at least one line, broken at spaces where there are any. */
    static List<String> wrap(String text, int cells) {
        var lines = new ArrayList<String>();
        var start = 0;
        do {
            var end = endOfLine(text, start, cells);
            lines.add(text.substring(start, end).stripTrailing());
            start = skipSpaces(text, end);
        } while (start < text.length());
        return lines;
    }

    /** Beyond the start in any case, so that wrapping comes to an end however narrow the terminal is. */
    private static int endOfLine(String text, int start, int cells) {
        var atLeast = text.isEmpty() ? 0 : text.offsetByCodePoints(start, 1);
        var end = Math.max(endOfFit(text, start, cells), atLeast);
        if (end == text.length() || text.charAt(end) == ' ') {
            return end;
        }
        var space = text.lastIndexOf(' ', end - 1);
        return space > start ? space : end;
    }

    private static int skipSpaces(String text, int start) {
        var end = start;
        while (end < text.length() && text.charAt(end) == ' ') {
            end++;
        }
        return end;
    }

    private static int endOfFit(String text, int start, int cells) {
        var end = start;
        var used = 0;
        while (end < text.length()) {
            var codePoint = text.codePointAt(end);
            used += CharacterWidth.of(codePoint);
            if (used > cells) {
                return end;
            }
            end += Character.charCount(codePoint);
        }
        return end;
    }
}
