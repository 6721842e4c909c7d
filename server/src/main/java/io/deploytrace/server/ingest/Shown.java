package io.deploytrace.server.ingest;

import com.google.protobuf.ByteString;
import java.util.HexFormat;

/** How what a sender sent is shown in messages: short, and without what can't be printed. */
final class Shown {

    private static final int LONGEST = 60;
    private static final int LONGEST_ID = 32;
    private static final HexFormat HEX = HexFormat.of();

    private Shown() {}

    static String text(String text) {
        var shown = new StringBuilder();
        for (var i = 0; i < Math.min(text.length(), LONGEST); i++) {
            var c = text.charAt(i);
            shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\uFFFD' : c);
        }
        return text.length() > LONGEST ? shown.append('…').toString() : shown.toString();
    }

    static String hex(ByteString id) {
        return HEX.formatHex(id.toByteArray());
    }

    /** An id of any length. */
    static String id(ByteString id) {
        if (id.isEmpty()) {
            return "(none)";
        }
        return id.size() > LONGEST_ID ? hex(id.substring(0, LONGEST_ID)) + "…" : hex(id);
    }
}
