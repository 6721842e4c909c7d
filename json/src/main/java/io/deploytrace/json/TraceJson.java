package io.deploytrace.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.query.Cause;
import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Rfc3339;
import io.deploytrace.store.StoredTrace;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of traces. Every key is there in every object, null where there is no value, so that the shapes don't depend on
 * the data; times are RFC 3339 in UTC.
 */
public final class TraceJson {

    private TraceJson() {}

    /** A trace as a store keeps it, as an object. */
    public static void writeTrace(JsonGenerator json, StoredTrace trace) throws IOException {
        json.writeStartObject();
        writeStored(json, trace);
        json.writeEndObject();
    }

    /** The fields of a trace as a store keeps it, into an object that is open. */
    static void writeStored(JsonGenerator json, StoredTrace trace) throws IOException {
        writeSummary(json, trace.summary());
        writeTime(json, "createdAt", trace.createdAt());
        writeTime(json, "updatedAt", trace.updatedAt());
        json.writeNumberField("revision", trace.revision());
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

    static void writeCause(JsonGenerator json, @Nullable Cause cause) throws IOException {
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

    /** A time, or null. */
    public static void writeTime(JsonGenerator json, String field, @Nullable Instant time) throws IOException {
        json.writeStringField(field, time == null ? null : Rfc3339.format(time));
    }
}
