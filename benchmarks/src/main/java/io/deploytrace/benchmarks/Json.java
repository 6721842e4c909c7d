package io.deploytrace.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Rfc3339;
import io.deploytrace.span.SpanEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The JSON that the baselines write: plain Jackson, as any program would have it. */
final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    static String attributes(Attributes attributes) {
        return write(json -> write(json, attributes.asMap()));
    }

    static String events(List<SpanEvent> events) {
        return write(json -> {
            json.writeStartArray();
            for (var event : events) {
                json.writeStartObject();
                json.writeStringField("name", event.name());
                json.writeStringField("timestamp", Rfc3339.format(event.time()));
                json.writeFieldName("attributes");
                write(json, event.attributes().asMap());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (var entry : map.entrySet()) {
                json.writeFieldName((String) entry.getKey());
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (var element : list) {
                write(json, element);
            }
            json.writeEndArray();
        } else {
            json.writePOJO(value);
        }
    }

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private static String write(Content content) {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(text)) {
            content.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
