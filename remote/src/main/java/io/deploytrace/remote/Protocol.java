package io.deploytrace.remote;

/** What a writer and a server say to each other beside OpenTelemetry's protocol. */
final class Protocol {

    /** The media type of requests and answers. */
    static final String PROTOBUF = "application/x-protobuf";

    /** In a request: store all spans or none. */
    static final String ATOMIC = "deploytrace-atomic";

    /** In an answer: what the write did. */
    static final String RESULT = "deploytrace-result";

    /** In an answer: why the spans were rejected, in a word. */
    static final String REJECTION = "deploytrace-rejection";

    private Protocol() {}
}
