package io.deploytrace.ci;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.vocabulary.CicdKeys;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A span as OTLP has it in JSON. */
final class SpanMessage {

    static final JsonFactory JSON = new JsonFactory();

    private static final int OK = 1;
    private static final int ERROR = 2;

    private SpanMessage() {}

    /** A span that has not ended. */
    static String open(String traceId, JobSpan span) {
        return write(traceId, span, null);
    }

    /** A span that has. */
    static String ended(String traceId, JobSpan span, Ending ending) {
        return write(traceId, span, ending);
    }

    private static String write(String traceId, JobSpan span, @Nullable Ending ending) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            identity(json, traceId, span);
            time(json, "startTimeUnixNano", span.start());
            if (ending != null) {
                time(json, "endTimeUnixNano", ending.time().isBefore(span.start()) ? span.start() : ending.time());
                status(json, ending);
            }
            attributes(json, attributes(span, ending));
            notes(json, span);
            link(json, span.link());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void identity(JsonGenerator json, String traceId, JobSpan span) throws IOException {
        json.writeStringField("traceId", traceId);
        json.writeStringField("spanId", span.id());
        if (span.parentId() != null) {
            json.writeStringField("parentSpanId", span.parentId());
        }
        json.writeStringField("name", span.name());
        json.writeNumberField("kind", 1);
    }

    private static void time(JsonGenerator json, String field, Instant time) throws IOException {
        json.writeStringField(field, Long.toString(time.getEpochSecond() * 1_000_000_000 + time.getNano()));
    }

    private static void status(JsonGenerator json, Ending ending) throws IOException {
        json.writeObjectFieldStart("status");
        json.writeNumberField("code", ending.failed() ? ERROR : OK);
        if (ending.message() != null) {
            json.writeStringField("message", ending.message());
        }
        json.writeEndObject();
    }

    private static Map<String, Object> attributes(JobSpan span, @Nullable Ending ending) {
        var attributes = new TreeMap<>(span.attributes());
        if (ending != null) {
            attributes.put(CicdKeys.TASK_RUN_RESULT, ending.failed() ? "failure" : "success");
            attributes.putAll(ending.attributes());
        }
        return attributes;
    }

    private static void attributes(JsonGenerator json, Map<String, Object> attributes) throws IOException {
        json.writeArrayFieldStart("attributes");
        for (var attribute : attributes.entrySet()) {
            attribute(json, attribute.getKey(), attribute.getValue());
        }
        json.writeEndArray();
    }

    private static void attribute(JsonGenerator json, String key, Object value) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", key);
        json.writeObjectFieldStart("value");
        if (value instanceof Long number) {
            json.writeStringField("intValue", number.toString());
        } else {
            json.writeStringField("stringValue", (String) value);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void notes(JsonGenerator json, JobSpan span) throws IOException {
        json.writeArrayFieldStart("events");
        for (var note : span.notes()) {
            json.writeStartObject();
            time(json, "timeUnixNano", note.time());
            json.writeStringField("name", note.key());
            attributes(json, Map.of(note.key(), note.value()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void link(JsonGenerator json, @Nullable Traceparent link) throws IOException {
        if (link != null) {
            json.writeArrayFieldStart("links");
            json.writeStartObject();
            json.writeStringField("traceId", link.traceId());
            json.writeStringField("spanId", link.spanId());
            json.writeEndObject();
            json.writeEndArray();
        }
    }
}
