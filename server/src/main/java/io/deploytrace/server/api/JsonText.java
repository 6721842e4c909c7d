package io.deploytrace.server.api;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as it is written, to be taken piece by piece. Not safe for use by several threads at once. */
final class JsonText {

    private static final JsonFactory JSON = new JsonFactory();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(8_192);
    private final JsonGenerator generator;

    /** Writes JSON. */
    @FunctionalInterface
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    JsonText() {
        try {
            generator = JSON.createGenerator(bytes, JsonEncoding.UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that the body writes. */
    static byte[] of(Body body) {
        return new JsonText().write(body);
    }

    /** What the body writes, after what was written before. */
    byte[] write(Body body) {
        try {
            body.write(generator);
            generator.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var piece = bytes.toByteArray();
        bytes.reset();
        return piece;
    }
}
