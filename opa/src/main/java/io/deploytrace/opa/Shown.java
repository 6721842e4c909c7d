package io.deploytrace.opa;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How what an entry holds is shown in messages: short, and on one line. */
final class Shown {

    private static final int LONGEST = 100;

    private Shown() {}

    static String text(String text) {
        var line = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return line.replaceAll("\\p{Cntrl}+", " ");
    }

    /** The value after the word "is". */
    static String value(@Nullable Object value) {
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof List) {
            return "an array";
        }
        return value instanceof String text ? "the text '" + text(text) + "'" : String.valueOf(value);
    }
}
