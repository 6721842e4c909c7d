package io.deploytrace.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of spans, with all that is stored; as {@link TraceJson}, every key is there in every object. */
public final class SpanJson {

    private SpanJson() {}

    /** A span, as an object. */
    public static void writeSpan(JsonGenerator json, Span span) throws IOException {
        json.writeStartObject();
        writeFields(json, span);
        json.writeEndObject();
    }

    /** The fields of a span, into an object that is open. */
    static void writeFields(JsonGenerator json, Span span) throws IOException {
        json.writeStringField("traceId", span.traceId());
        json.writeStringField("spanId", span.spanId());
        json.writeStringField("parentSpanId", span.parentSpanId());
        json.writeStringField("name", span.name());
        json.writeStringField("phase", span.phase());
        json.writeStringField("nodeType", span.nodeType());
        json.writeStringField("status", span.status());
        TraceJson.writeTime(json, "startTime", span.startTime());
        TraceJson.writeTime(json, "endTime", span.endTime());
        json.writeStringField("releaseTargetKey", span.releaseTargetKey());
        json.writeStringField("releaseId", span.releaseId());
        json.writeStringField("jobId", span.jobId());
        json.writeStringField("parentTraceId", span.parentTraceId());
        writeNumber(json, "depth", span.depth());
        writeNumber(json, "sequence", span.sequence());
        writeAttributes(json, "attributes", span.attributes());
        json.writeArrayFieldStart("events");
        for (var event : span.events()) {
            writeEvent(json, event);
        }
        json.writeEndArray();
    }

    private static void writeNumber(JsonGenerator json, String field, @Nullable Integer number) throws IOException {
        if (number == null) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, number);
        }
    }

    private static void writeEvent(JsonGenerator json, SpanEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", event.name());
        TraceJson.writeTime(json, "timestamp", event.time());
        writeAttributes(json, "attributes", event.attributes());
        json.writeEndObject();
    }

    /** Attributes with their types: integers stay integers, lists arrays. */
    static void writeAttributes(JsonGenerator json, String field, Attributes attributes) throws IOException {
        json.writeFieldName(field);
        writeValue(json, attributes.asMap());
    }

    /** A value with its type, or null. */
    static void writeValueField(JsonGenerator json, String field, @Nullable Object value) throws IOException {
        json.writeFieldName(field);
        if (value == null) {
            json.writeNull();
        } else {
            writeValue(json, value);
        }
    }

    private static void writeValue(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (var entry : map.entrySet()) {
                json.writeFieldName(entry.getKey().toString());
                writeValue(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            json.writeStartArray();
            for (var element : list) {
                writeValue(json, element);
            }
            json.writeEndArray();
        } else {
            json.writePOJO(value);
        }
    }
}
