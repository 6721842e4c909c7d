package io.deploytrace.server.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

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

    private final Supplier<B> builders;
    private final Map<String, Field<B>> fields = new HashMap<>();
    private long nextBit = 1;

    JsonMessage(Supplier<B> builders) {
        this.builders = builders;
    }

    /** Adds a field by its name in JSON. */
    JsonMessage<B> field(String name, FieldReader<B> reader) {
        var field = new Field<>(nextBit, reader);
        nextBit <<= 1;
        fields.put(name, field);
        fields.put(name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT), field);
        return this;
    }

    /** Adds a field that is a message. */
    <C> JsonMessage<B> message(String name, JsonMessage<C> type, BiConsumer<B, C> set) {
        return field(name, (parser, message) -> set.accept(message, type.read(parser)));
    }

    /** Adds a field that is a list of messages. */
    <C> JsonMessage<B> messages(String name, JsonMessage<C> type, BiConsumer<B, C> add) {
        return field(name, (parser, message) -> {
            JsonValues.expect(parser, JsonToken.START_ARRAY, "an array");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                add.accept(message, type.read(parser));
            }
        });
    }

    /** Reads the object at which the parser stands, and leaves the parser at its end. */
    B read(JsonParser parser) throws IOException {
        JsonValues.expect(parser, JsonToken.START_OBJECT, "an object");
        var message = builders.get();
        var seen = 0L;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var field = fields.get(parser.currentName());
            parser.nextToken();
            if (field == null) {
                parser.skipChildren();
            } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
                checkFirst(parser, seen & field.bit);
                seen |= field.bit;
                field.reader.read(parser, message);
            }
        }
        return message;
    }

    private static void checkFirst(JsonParser parser, long seen) throws IOException {
        if (seen != 0) {
            throw JsonValues.wrong(parser, "stands there twice");
        }
    }
}
