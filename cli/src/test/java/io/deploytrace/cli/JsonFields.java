package io.deploytrace.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of a JSON document by the names that lead to them, such as {@code traces/traceId}. Immutable. */
final class JsonFields {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final Map<String, List<String>> byPath = new LinkedHashMap<>();

    /**
     * Those of a whole document.
     *
     * @throws IOException if it isn't one
     */
    static JsonFields of(String json) throws IOException {
        var fields = new JsonFields();
        try (var parser = FACTORY.createParser(json)) {
            parser.nextToken();
            fields.read(parser, "");
            if (parser.nextToken() != null) {
                throw new IOException("There is more behind the document.");
            }
        }
        return fields;
    }

    private void read(JsonParser parser, String path) throws IOException {
        var token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                parser.nextToken();
                read(parser, path.isEmpty() ? name : path + "/" + name);
            }
        } else if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                read(parser, path);
            }
        } else if (token == null) {
            throw new IOException("The document ends too early.");
        } else if (token != JsonToken.VALUE_NULL) {
            byPath.computeIfAbsent(path, unused -> new ArrayList<>()).add(parser.getText());
        }
    }

    /** The values to which exactly these names lead, in order; without nulls. */
    List<String> at(String path) {
        return byPath.getOrDefault(path, List.of());
    }

    /** The values with this name, whatever leads to it. */
    List<String> named(String name) {
        return byPath.entrySet().stream()
                .filter(entry -> entry.getKey().equals(name) || entry.getKey().endsWith("/" + name))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }
}
