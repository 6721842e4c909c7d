package io.deploytrace.ci;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The span that surrounds a process, as the environment variable {@code TRACEPARENT} tells it (W3C Trace Context, version 00).
 *
 * @param traceId 32 lower-case hex digits
 * @param spanId 16 lower-case hex digits
 */
record Traceparent(String traceId, String spanId) {

    static final String VARIABLE = "TRACEPARENT";

    private static final int LENGTH = 55;
    private static final String UNKNOWN_VERSION = "ff";

    /** What surrounds a process with these variables; null if nothing does, or nothing that can be read. */
    static @Nullable Traceparent surrounding(Map<String, String> variables) {
        return parse(variables.get(VARIABLE));
    }

    /** What the text says; null if it is null or says nothing. */
    static @Nullable Traceparent parse(@Nullable String text) {
        if (text == null
                || text.length() != LENGTH
                || text.charAt(2) != '-'
                || text.charAt(35) != '-'
                || text.charAt(52) != '-') {
            return null;
        }
        var read = new Traceparent(text.substring(3, 35), text.substring(36, 52));
        var valid = isHex(text.substring(0, 2)) && isId(read.traceId) && isId(read.spanId) && isHex(text.substring(53));
        return valid && !text.startsWith(UNKNOWN_VERSION) ? read : null;
    }

    private static boolean isId(String text) {
        return isHex(text) && !text.equals("0".repeat(text.length()));
    }

    private static boolean isHex(String text) {
        for (var i = 0; i < text.length(); i++) {
            if ("0123456789abcdef".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "00-" + traceId + "-" + spanId + "-01";
    }
}
