package io.deploytrace.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.store.RecentTrace;
import io.deploytrace.store.TargetState;
import java.io.IOException;

/** The JSON of release targets; as in {@link TraceJson}, every key is there in every object. */
public final class TargetJson {

    private TargetJson() {}

    /** How a release target stands, as an object. */
    public static void write(JsonGenerator json, TargetState target) throws IOException {
        json.writeStartObject();
        json.writeStringField("releaseTargetKey", target.latest().summary().releaseTargetKey());
        json.writeFieldName("latest");
        TraceJson.writeTrace(json, target.latest());
        TraceJson.writeTime(json, "since", target.since());
        json.writeBooleanField("sinceIsKnown", target.sinceIsKnown());
        json.writeArrayFieldStart("recent");
        for (var trace : target.recent()) {
            writeRecent(json, trace);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeRecent(JsonGenerator json, RecentTrace trace) throws IOException {
        json.writeStartObject();
        json.writeStringField("traceId", trace.traceId());
        json.writeStringField("releaseId", trace.releaseId());
        json.writeStringField("outcome", trace.outcome().value());
        json.writeStringField("fingerprint", trace.fingerprint());
        TraceJson.writeTime(json, "createdAt", trace.createdAt());
        json.writeEndObject();
    }
}
