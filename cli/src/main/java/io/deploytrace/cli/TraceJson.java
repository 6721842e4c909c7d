package io.deploytrace.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.query.Cause;
import io.deploytrace.query.TraceNode;
import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Rfc3339;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.StoredTrace;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of traces and spans. Every key is there in every object, null where there is no value, so that the shapes don't
 * depend on the data; times are RFC 3339 in UTC.
 */
final class TraceJson {

    private TraceJson() {}

    /** A trace as a store keeps it, as an object. */
    static void writeTrace(JsonGenerator json, StoredTrace trace) throws IOException {
        json.writeStartObject();
        writeStored(json, trace);
        json.writeEndObject();
    }

    /** The fields of a trace as a store keeps it, into an object that is open. */
    static void writeStored(JsonGenerator json, StoredTrace trace) throws IOException {
        writeSummary(json, trace.summary());
        writeTime(json, "createdAt", trace.createdAt());
        writeTime(json, "updatedAt", trace.updatedAt());
    }

    /** The fields of a trace's summary, into an object that is open. */
    static void writeSummary(JsonGenerator json, TraceSummary summary) throws IOException {
        json.writeStringField("workspaceId", summary.workspaceId().toString());
        json.writeStringField("traceId", summary.traceId());
        json.writeStringField("parentTraceId", summary.parentTraceId());
        json.writeStringField("releaseTargetKey", summary.releaseTargetKey());
        json.writeStringField("releaseId", summary.releaseId());
        json.writeStringField("jobId", summary.jobId());
        json.writeStringField("trigger", summary.trigger());
        json.writeStringField("outcome", summary.outcome().value());
        writeCause(json, summary.cause());
        writeTime(json, "startTime", summary.startTime());
        writeTime(json, "endTime", summary.endTime());
        json.writeNumberField("spanCount", summary.spanCount());
        json.writeNumberField("openCount", summary.openCount());
        json.writeStringField("fingerprint", summary.fingerprint());
    }

    private static void writeCause(JsonGenerator json, @Nullable Cause cause) throws IOException {
        if (cause == null) {
            json.writeNullField("cause");
            return;
        }
        json.writeObjectFieldStart("cause");
        json.writeStringField("spanId", cause.spanId());
        json.writeStringField("rule", cause.rule());
        json.writeStringField("name", cause.name());
        json.writeStringField("message", cause.message());
        json.writeEndObject();
    }

    /** A span with its place in the tree, as an object. */
    static void writeNode(JsonGenerator json, TraceNode node) throws IOException {
        var span = node.span();
        json.writeStartObject();
        json.writeNumberField("level", node.level());
        json.writeStringField("placement", node.placement().name().toLowerCase(Locale.ROOT));
        json.writeStringField("traceId", span.traceId());
        json.writeStringField("spanId", span.spanId());
        json.writeStringField("parentSpanId", span.parentSpanId());
        json.writeStringField("name", span.name());
        json.writeStringField("phase", span.phase());
        json.writeStringField("nodeType", span.nodeType());
        json.writeStringField("status", span.status());
        writeTime(json, "startTime", span.startTime());
        writeTime(json, "endTime", span.endTime());
        writeAttributes(json, "attributes", span.attributes());
        json.writeArrayFieldStart("events");
        for (var event : span.events()) {
            writeEvent(json, event);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeEvent(JsonGenerator json, SpanEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", event.name());
        writeTime(json, "timestamp", event.time());
        writeAttributes(json, "attributes", event.attributes());
        json.writeEndObject();
    }

    /** Attributes with their types: integers stay integers, lists arrays. */
    static void writeAttributes(JsonGenerator json, String field, Attributes attributes) throws IOException {
        json.writeFieldName(field);
        writeValue(json, attributes.asMap());
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

    /** A time, or null. */
    static void writeTime(JsonGenerator json, String field, @Nullable Instant time) throws IOException {
        json.writeStringField(field, time == null ? null : Rfc3339.format(time));
    }
}
