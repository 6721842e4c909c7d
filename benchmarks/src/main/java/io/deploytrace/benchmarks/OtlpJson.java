package io.deploytrace.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Spans as a request of the OpenTelemetry protocol, in its JSON encoding: 64-bit numbers as text, as the standard asks. */
final class OtlpJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    private OtlpJson(JsonGenerator json) {
        this.json = json;
    }

    static byte[] encode(List<Span> spans) {
        var bytes = new ByteArrayOutputStream();
        try (var generator = JSON.createGenerator(bytes)) {
            new OtlpJson(generator).write(spans);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private void write(List<Span> spans) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("resourceSpans");
        json.writeStartObject();
        json.writeArrayFieldStart("scopeSpans");
        json.writeStartObject();
        json.writeArrayFieldStart("spans");
        for (var span : spans) {
            write(span);
        }
        for (var level = 0; level < 3; level++) {
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void write(Span span) throws IOException {
        json.writeStartObject();
        json.writeStringField("traceId", span.traceId());
        json.writeStringField("spanId", span.spanId());
        if (span.parentSpanId() != null) {
            json.writeStringField("parentSpanId", span.parentSpanId());
        }
        json.writeStringField("name", span.name());
        writeTime("startTimeUnixNano", span.startTime());
        if (span.endTime() != null) {
            writeTime("endTimeUnixNano", span.endTime());
        }
        writeAttributes(span.attributes());
        json.writeArrayFieldStart("events");
        for (var event : span.events()) {
            json.writeStartObject();
            json.writeStringField("name", event.name());
            writeTime("timeUnixNano", event.time());
            writeAttributes(event.attributes());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeTime(String field, Instant time) throws IOException {
        json.writeStringField(field, Long.toString(OtlpProtobuf.nanos(time)));
    }

    private void writeAttributes(Attributes attributes) throws IOException {
        json.writeArrayFieldStart("attributes");
        writePairs(attributes.asMap());
        json.writeEndArray();
    }

    private void writePairs(Map<?, ?> pairs) throws IOException {
        for (var pair : pairs.entrySet()) {
            json.writeStartObject();
            json.writeStringField("key", Objects.toString(pair.getKey()));
            json.writeFieldName("value");
            writeValue(pair.getValue());
            json.writeEndObject();
        }
    }

    private void writeValue(Object value) throws IOException {
        json.writeStartObject();
        if (value instanceof Long number) {
            json.writeStringField("intValue", number.toString());
        } else if (value instanceof Double number) {
            json.writeNumberField("doubleValue", number);
        } else if (value instanceof Boolean truth) {
            json.writeBooleanField("boolValue", truth);
        } else if (value instanceof List<?> list) {
            json.writeObjectFieldStart("arrayValue");
            json.writeArrayFieldStart("values");
            for (var element : list) {
                writeValue(element);
            }
            json.writeEndArray();
            json.writeEndObject();
        } else if (value instanceof Map<?, ?> map) {
            json.writeObjectFieldStart("kvlistValue");
            json.writeArrayFieldStart("values");
            writePairs(map);
            json.writeEndArray();
            json.writeEndObject();
        } else {
            json.writeStringField("stringValue", value.toString());
        }
        json.writeEndObject();
    }
}
