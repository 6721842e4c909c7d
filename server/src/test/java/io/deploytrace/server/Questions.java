package io.deploytrace.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Asks a server, and reads its answers. */
record Questions(WebClient client, String key) {

    /** Asks about a workspace. */
    AggregatedHttpResponse ask(UUID workspace, String path, String... headers) {
        return get("/api/v1/workspaces/" + workspace + path, headers);
    }

    /** Asks for all but the body. */
    AggregatedHttpResponse head(UUID workspace, String path) {
        return send(HttpMethod.HEAD, "/api/v1/workspaces/" + workspace + path);
    }

    /** Asks, with headers as name and value in turn. */
    AggregatedHttpResponse get(String path, String... headers) {
        return send(HttpMethod.GET, path, headers);
    }

    AggregatedHttpResponse send(HttpMethod method, String path, String... headers) {
        var request = RequestHeaders.builder(method, path);
        if (!key.isEmpty()) {
            request.add("authorization", "Bearer " + key);
        }
        for (var i = 0; i < headers.length; i += 2) {
            request.add(headers[i], headers[i + 1]);
        }
        return client.execute(request.build()).aggregate().join();
    }

    /** The answer as maps, lists and values. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> json(AggregatedHttpResponse response) {
        return (Map<String, Object>) json(response.contentUtf8());
    }

    static Object json(String text) {
        try (var parser = new JsonFactory().createParser(text)) {
            parser.nextToken();
            var value = value(parser);
            if (parser.nextToken() != null) {
                throw new AssertionError("More than one value: " + text);
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException("No JSON: " + text, e);
        }
    }

    /** The objects of a field. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> objects(Map<String, Object> json, String field) {
        return (List<Map<String, Object>>) json.get(field);
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            default -> null;
        };
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        var object = new LinkedHashMap<String, Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        var array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }
}
