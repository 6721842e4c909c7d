package io.deploytrace.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.query.Fanout;
import io.deploytrace.query.FanoutGroup;
import io.deploytrace.query.FanoutTarget;
import java.io.IOException;
import java.time.Instant;

/** The JSON of fan-outs; as in {@link TraceJson}, every key is there in every object. */
public final class FanoutJson {

    private FanoutJson() {}

    /** How a release stands at every release target it concerns. */
    public static void write(JsonGenerator json, Fanout fanout, Instant now) throws IOException {
        json.writeStartObject();
        json.writeStringField("releaseId", fanout.releaseId());
        WhyJson.writeLines(json, fanout.lines(now));
        json.writeNumberField("targets", fanout.targets());
        json.writeArrayFieldStart("groups");
        for (var group : fanout.groups()) {
            writeGroup(json, group);
        }
        json.writeEndArray();
        json.writeBooleanField("truncated", fanout.isCut());
        json.writeEndObject();
    }

    private static void writeGroup(JsonGenerator json, FanoutGroup group) throws IOException {
        json.writeStartObject();
        json.writeStringField("outcome", group.outcome().value());
        TraceJson.writeCause(json, group.cause());
        json.writeNumberField("count", group.targets().size());
        json.writeArrayFieldStart("targets");
        for (var target : group.targets()) {
            writeTarget(json, target);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeTarget(JsonGenerator json, FanoutTarget target) throws IOException {
        var latest = target.latest();
        json.writeStartObject();
        json.writeStringField("releaseTargetKey", target.releaseTargetKey());
        json.writeStringField("traceId", latest.traceId());
        json.writeStringField(
                "message", latest.cause() == null ? null : latest.cause().message());
        TraceJson.writeTime(json, "startTime", latest.startTime());
        TraceJson.writeTime(json, "since", target.since());
        json.writeStringField("supersededBy", target.supersededBy());
        json.writeStringField("triedSince", target.triedSince());
        json.writeEndObject();
    }
}
