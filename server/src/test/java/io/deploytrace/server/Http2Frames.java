package io.deploytrace.server;

/** What a client of HTTP/2 says, byte by byte, each byte a character. */
final class Http2Frames {

    static final int DEFAULT_WINDOW = 65_535;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int INITIAL_WINDOW = 4;
    private static final int END_OF_STREAM_AND_HEADERS = 5;
    private static final String METHOD_GET = "\u0082";
    private static final String SCHEME_HTTP = "\u0086";
    private static final int PATH = 4;
    private static final int AUTHORITY = 1;

    private Http2Frames() {}

    /**
     * A connection's first request.
     *
     * @param window how many bytes of the answer are let through, besides its headers; at most {@link #DEFAULT_WINDOW}
     */
    static String get(String path, int window) {
        var headers = METHOD_GET + SCHEME_HTTP + header(PATH, path) + header(AUTHORITY, "localhost");
        var settings = number(INITIAL_WINDOW, 2) + number(window, 4);
        return PREFACE + frame(SETTINGS, 0, 0, settings) + frame(HEADERS, END_OF_STREAM_AND_HEADERS, 1, headers);
    }

    private static String frame(int type, int flags, int stream, String payload) {
        return number(payload.length(), 3) + number(type, 1) + number(flags, 1) + number(stream, 4) + payload;
    }

    /** Neither compressed nor remembered, and shorter than 127 characters. */
    private static String header(int name, String value) {
        return number(name, 1) + number(value.length(), 1) + value;
    }

    private static String number(int value, int bytes) {
        var text = new StringBuilder();
        for (var shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            text.append((char) (value >> shift & 0xff));
        }
        return text.toString();
    }
}
