package io.deploytrace.store.postgres;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Rfc3339;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.SpanBatch;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of the columns {@code attributes} and {@code events}, also where another program wrote it: what is
 * no object has no attributes, what is no array no events, and an event without a readable time has its span's start.
 * What is nested deeper than a write may nest it is read as its JSON text.
 */
final class JsonReader {

    /** PostgreSQL bounds what a column holds; a limit of our own would make such a row unreadable. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    /** An attribute of an event lies within the event's attributes, the event and the array of events. */
    private static final int MAXIMUM_NESTING = SpanBatch.MAXIMUM_NESTING + 3;

    private JsonReader() {}

    static Attributes attributes(@Nullable String json) {
        return attributesOf(parse(json));
    }

    static List<SpanEvent> events(@Nullable String json, Instant startTime) {
        if (!(parse(json) instanceof List<?> elements)) {
            return List.of();
        }
        var events = new ArrayList<SpanEvent>(elements.size());
        for (var element : elements) {
            if (element instanceof Map<?, ?> event) {
                events.add(event(event, startTime));
            }
        }
        return events;
    }

    private static SpanEvent event(Map<?, ?> event, Instant startTime) {
        var name = event.get("name") instanceof String text ? text : "";
        var time = event.get("timestamp") instanceof String text ? time(text, startTime) : startTime;
        return new SpanEvent(name, time, attributesOf(event.get("attributes")));
    }

    private static Instant time(String text, Instant otherwise) {
        try {
            return Rfc3339.parse(text);
        } catch (DateTimeException notATime) {
            return otherwise;
        }
    }

    private static Attributes attributesOf(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return Attributes.empty();
        }
        var attributes = Attributes.builder();
        map.forEach((key, element) -> attributes.put((String) key, element));
        return attributes.build();
    }

    private static @Nullable Object parse(@Nullable String json) {
        if (json == null || json.equals("{}") || json.equals("[]")) {
            return null;
        }
        try (var parser = FACTORY.createParser(json)) {
            parser.nextToken();
            return value(parser);
        } catch (IOException notJson) {
            throw new UncheckedIOException("The database returned JSON that can't be read: " + notJson, notJson);
        }
    }

    private static @Nullable Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> isTooDeep(json) ? text(json) : map(json);
            case START_ARRAY -> isTooDeep(json) ? text(json) : list(json);
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> integer(json);
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static boolean isTooDeep(JsonParser json) {
        return json.getParsingContext().getNestingDepth() > MAXIMUM_NESTING;
    }

    private static String text(JsonParser json) throws IOException {
        var text = new StringWriter();
        try (var copy = FACTORY.createGenerator(text)) {
            copy.copyCurrentStructure(json);
        }
        return text.toString();
    }

    private static Object integer(JsonParser json) throws IOException {
        return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? (Object) json.getDoubleValue()
                : json.getLongValue();
    }

    private static Map<String, Object> map(JsonParser json) throws IOException {
        var map = new LinkedHashMap<String, Object>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var key = json.currentName();
            json.nextToken();
            var value = value(json);
            if (value != null) {
                map.put(key, value);
            }
        }
        return map;
    }

    private static List<Object> list(JsonParser json) throws IOException {
        var list = new ArrayList<Object>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            var value = value(json);
            if (value != null) {
                list.add(value);
            }
        }
        return list;
    }
}
