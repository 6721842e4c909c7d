package io.deploytrace.server.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * How a message of one type is read from JSON: which fields it has, and what each does to its builder. Fields go by their name in JSON
 * and by that of the protobuf file; others are ignored. Immutable once built.
 */
final class JsonMessage<B> {

    /** Reads the value at which the parser stands into the message. */
    @FunctionalInterface
    interface FieldReader<B> {
        void read(JsonParser parser, B message) throws IOException;
    }

    private record Field<B>(long bit, FieldReader<B> reader) {}

    private final Map<String, Field<B>> fields = new HashMap<>();
    private long nextBit = 1;

    /** Adds a field by its name in JSON. */
    JsonMessage<B> field(String name, FieldReader<B> reader) {
        var field = new Field<>(nextBit, reader);
        nextBit <<= 1;
        fields.put(name, field);
        fields.put(name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT), field);
        return this;
    }

    /** Adds a field that is a message. */
    <C> JsonMessage<B> message(String name, java.util.function.Function<B, C> of, JsonMessage<C> type) {
        return field(name, (parser, message) -> type.read(parser, of.apply(message)));
    }

    /** Adds a field that is a list of messages; the function adds one to the message. */
    <C> JsonMessage<B> messages(String name, java.util.function.Function<B, C> add, JsonMessage<C> type) {
        return field(name, (parser, message) -> {
            JsonValues.expect(parser, JsonToken.START_ARRAY, "an array");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                type.read(parser, add.apply(message));
            }
        });
    }

    /** Reads the object at which the parser stands, and leaves the parser at its end. */
    void read(JsonParser parser, B message) throws IOException {
        JsonValues.expect(parser, JsonToken.START_OBJECT, "an object");
        var seen = 0L;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var field = fields.get(parser.currentName());
            parser.nextToken();
            if (field == null) {
                parser.skipChildren();
            } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
                if ((seen & field.bit) != 0) {
                    throw JsonValues.wrong(parser, "stands there twice");
                }
                seen |= field.bit;
                field.reader.read(parser, message);
            }
        }
    }
}
