package io.deploytrace.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** An OpenAPI document, as far as tests ask it. */
record OpenApi(JsonNode root) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIGURATION =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    static OpenApi parse(String text) {
        return new OpenApi(read(text));
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON: " + text, e);
        }
    }

    List<String> paths() {
        var paths = new ArrayList<String>();
        root.get("paths").fieldNames().forEachRemaining(paths::add);
        return paths;
    }

    private JsonNode operation(String path) {
        return root.get("paths").get(path).get("get");
    }

    /** The parameters that aren't in the path or the headers, in order. */
    List<JsonNode> queryParameters(String path) {
        var parameters = new ArrayList<JsonNode>();
        for (var parameter : operation(path).path("parameters")) {
            var resolved = resolve(parameter);
            if (resolved.get("in").asText().equals("query")) {
                parameters.add(resolved);
            }
        }
        return parameters;
    }

    Set<String> statuses(String path) {
        var statuses = new TreeSet<String>();
        operation(path).get("responses").fieldNames().forEachRemaining(statuses::add);
        return statuses;
    }

    /** What is wrong with an answer. */
    List<String> faults(String path, String status, AggregatedHttpResponse response) {
        var documented = operation(path).get("responses").get(status);
        if (documented == null) {
            return List.of("The status " + status + " isn't documented");
        }
        var content = resolve(documented).path("content").path(String.valueOf(response.contentType()));
        if (content.isMissingNode()) {
            return List.of("The content type " + response.contentType() + " isn't documented");
        }
        return faults(content.get("schema"), response.contentUtf8());
    }

    /** What is wrong with an object, by the name of its schema. */
    List<String> faults(String name, String json) {
        return faults(root.at("/components/schemas/" + name), json);
    }

    private List<String> faults(JsonNode documented, String json) {
        var schema = documented.<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy();
        schema.set("components", root.get("components"));
        return SCHEMAS.getSchema(schema, CONFIGURATION).validate(read(json)).stream()
                .map(Object::toString)
                .toList();
    }

    /** The content type of an answer. */
    String contentType(String path, String status) {
        return resolve(operation(path).get("responses").get(status))
                .get("content")
                .fieldNames()
                .next();
    }

    private JsonNode resolve(JsonNode node) {
        var reference = node.path("$ref").asText("");
        return reference.isEmpty() ? node : root.at(reference.substring(1));
    }
}
