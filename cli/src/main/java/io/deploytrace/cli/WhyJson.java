package io.deploytrace.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.query.Blocker;
import io.deploytrace.query.Streak;
import io.deploytrace.query.TargetWhy;
import io.deploytrace.query.TraceSummary;
import io.deploytrace.query.Why;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of answers; as {@link TraceJson}, every key is there in every object. */
final class WhyJson {

    private WhyJson() {}

    /** Why a release target is as it is. */
    static void write(JsonGenerator json, TargetWhy target, Instant now) throws IOException {
        json.writeStartObject();
        json.writeStringField("releaseTargetKey", target.releaseTargetKey());
        writeLines(json, target.lines(now));
        writeAnswer(json, target.why());
        writeStreak(json, target.streak());
        writeTrace(json, "before", target.before());
        writeTrace(json, "lastDeployed", target.lastDeployed());
        TraceJson.writeTime(json, "nothingSince", target.nothingSince());
        json.writeEndObject();
    }

    /** Why a trace ended as it did: the same shape, of the trace alone. */
    static void write(JsonGenerator json, Why why, Instant now) throws IOException {
        json.writeStartObject();
        json.writeStringField("releaseTargetKey", why.summary().releaseTargetKey());
        writeLines(json, why.lines(now));
        writeAnswer(json, why);
        writeStreak(json, null);
        writeTrace(json, "before", null);
        writeTrace(json, "lastDeployed", null);
        TraceJson.writeTime(json, "nothingSince", null);
        json.writeEndObject();
    }

    private static void writeLines(JsonGenerator json, List<String> lines) throws IOException {
        json.writeArrayFieldStart("answer");
        for (var line : lines) {
            json.writeString(line);
        }
        json.writeEndArray();
    }

    private static void writeAnswer(JsonGenerator json, @Nullable Why why) throws IOException {
        json.writeStringField("outcome", why == null ? null : why.outcome().value());
        json.writeStringField(
                "completeness", why == null ? null : why.completeness().value());
        writeTrace(json, "trace", why == null ? null : why.summary());
        json.writeArrayFieldStart("blockers");
        for (var blocker : why == null ? List.<Blocker>of() : why.blockers()) {
            writeBlocker(json, blocker);
        }
        json.writeEndArray();
        TraceJson.writeTime(json, "nextEvaluation", why == null ? null : why.nextEvaluation());
        TraceJson.writeTime(json, "lastActivity", why == null ? null : why.lastActivity());
    }

    private static void writeBlocker(JsonGenerator json, Blocker blocker) throws IOException {
        json.writeStartObject();
        json.writeStringField("outcome", blocker.outcome().value());
        json.writeStringField("name", blocker.name());
        json.writeStringField("rule", blocker.rule());
        json.writeStringField("message", blocker.message());
        json.writeStringField("remedy", blocker.remedy());
        TraceJson.writeTime(json, "nextEvaluation", blocker.nextEvaluation());
        TraceJson.writeAttributes(json, "metadata", blocker.metadata());
        json.writeStringField("traceId", blocker.span().traceId());
        json.writeStringField("spanId", blocker.span().spanId());
        json.writeEndObject();
    }

    private static void writeStreak(JsonGenerator json, @Nullable Streak streak) throws IOException {
        if (streak == null) {
            json.writeNullField("same");
            return;
        }
        json.writeObjectFieldStart("same");
        TraceJson.writeTime(json, "since", streak.since());
        json.writeNumberField("count", streak.count());
        json.writeBooleanField("more", streak.more());
        json.writeEndObject();
    }

    private static void writeTrace(JsonGenerator json, String field, @Nullable TraceSummary trace) throws IOException {
        if (trace == null) {
            json.writeNullField(field);
            return;
        }
        json.writeObjectFieldStart(field);
        TraceJson.writeSummary(json, trace);
        json.writeEndObject();
    }
}
