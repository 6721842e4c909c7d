package io.deploytrace.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.query.Blocker;
import io.deploytrace.query.Flapping;
import io.deploytrace.query.Holder;
import io.deploytrace.query.MissingParent;
import io.deploytrace.query.OpenStep;
import io.deploytrace.query.StepChange;
import io.deploytrace.query.Streak;
import io.deploytrace.query.TargetWhy;
import io.deploytrace.query.TraceAbsence;
import io.deploytrace.query.TraceSummary;
import io.deploytrace.query.Why;
import io.deploytrace.span.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of answers, of one shape for all of them; as {@link TraceJson}, every key is there in every object. */
public final class WhyJson {

    /** Writes one of several. */
    @FunctionalInterface
    private interface Writer<T> {
        void write(JsonGenerator json, T value) throws IOException;
    }

    private WhyJson() {}

    /** Why a release target is as it is. */
    public static void write(JsonGenerator json, TargetWhy target, Instant now) throws IOException {
        json.writeStartObject();
        json.writeStringField("releaseTargetKey", target.releaseTargetKey());
        writeLines(json, target.lines(now));
        writeAnswer(json, target.why());
        writeHistory(json, target);
        writeAbsence(json, null, target.retention(), now);
        json.writeEndObject();
    }

    /** Why a trace ended as it did: the same shape, of the trace alone. */
    public static void write(JsonGenerator json, Why why, Instant now) throws IOException {
        json.writeStartObject();
        json.writeStringField("releaseTargetKey", why.summary().releaseTargetKey());
        writeLines(json, why.lines(now));
        writeAnswer(json, why);
        writeHistory(json, null);
        writeAbsence(json, null, null, now);
        json.writeEndObject();
    }

    /** What can be said of a trace that isn't there: the same shape, with nothing in it but that. */
    public static void write(JsonGenerator json, TraceAbsence trace, Instant now) throws IOException {
        json.writeStartObject();
        json.writeNullField("releaseTargetKey");
        writeLines(json, trace.lines(now));
        writeAnswer(json, null);
        writeHistory(json, null);
        writeAbsence(json, trace, trace.retention(), now);
        json.writeEndObject();
    }

    static void writeLines(JsonGenerator json, List<String> lines) throws IOException {
        writeEach(json, "answer", lines, JsonGenerator::writeString);
    }

    private static <T> void writeEach(JsonGenerator json, String field, Collection<T> values, Writer<T> writer)
            throws IOException {
        json.writeArrayFieldStart(field);
        for (var value : values) {
            writer.write(json, value);
        }
        json.writeEndArray();
    }

    private static void writeAnswer(JsonGenerator json, @Nullable Why why) throws IOException {
        json.writeStringField("outcome", why == null ? null : why.outcome().value());
        json.writeStringField(
                "completeness", why == null ? null : why.completeness().value());
        writeTrace(json, "trace", why == null ? null : why.summary());
        writeEach(json, "blockers", why == null ? List.of() : why.blockers(), WhyJson::writeBlocker);
        writeEach(json, "open", why == null ? List.of() : why.open(), WhyJson::writeOpen);
        writeEach(json, "missingParents", why == null ? List.of() : why.missingParents(), WhyJson::writeMissing);
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
        json.writeStringField("clearedBy", blocker.clearedBy());
        TraceJson.writeTime(json, "nextEvaluation", blocker.nextEvaluation());
        SpanJson.writeAttributes(json, "metadata", blocker.metadata());
        json.writeStringField("traceId", blocker.span().traceId());
        json.writeStringField("spanId", blocker.span().spanId());
        writeEach(json, "within", blocker.within(), WhyJson::writeJob);
        json.writeEndObject();
    }

    private static void writeJob(JsonGenerator json, Span span) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", span.name());
        json.writeStringField("jobId", span.jobId());
        json.writeStringField("traceId", span.traceId());
        json.writeStringField("spanId", span.spanId());
        json.writeEndObject();
    }

    private static void writeOpen(JsonGenerator json, OpenStep step) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", step.span().name());
        json.writeStringField("jobId", step.span().jobId());
        TraceJson.writeTime(json, "startTime", step.span().startTime());
        json.writeStringField("traceId", step.span().traceId());
        json.writeStringField("spanId", step.span().spanId());
        writeEach(json, "within", step.within(), WhyJson::writeJob);
        json.writeEndObject();
    }

    private static void writeMissing(JsonGenerator json, MissingParent parent) throws IOException {
        json.writeStartObject();
        json.writeStringField("spanId", parent.spanId());
        json.writeNumberField("childCount", parent.childCount());
        writeEach(json, "children", parent.children(), WhyJson::writeJob);
        json.writeEndObject();
    }

    private static void writeHistory(JsonGenerator json, @Nullable TargetWhy target) throws IOException {
        TraceJson.writeTime(json, "since", target == null ? null : target.since());
        writeStreak(json, target == null ? null : target.streak());
        writeTrace(json, "before", target == null ? null : target.before());
        writeTrace(json, "lastDeployed", target == null ? null : target.lastDeployed());
        json.writeBooleanField("mayHaveDeployed", target != null && target.mayHaveDeployed());
        writeChanges(json, target == null ? null : target.changes());
        writeFlapping(json, target == null ? null : target.flapping());
        writeEach(json, "holders", target == null ? List.of() : target.holders(), WhyJson::writeHolder);
        TraceJson.writeTime(json, "nothingSince", target == null ? null : target.nothingSince());
        writeEach(json, "similar", target == null ? List.of() : target.similar(), JsonGenerator::writeString);
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

    private static void writeChanges(JsonGenerator json, @Nullable List<StepChange> changes) throws IOException {
        if (changes == null) {
            json.writeNullField("changes");
        } else {
            writeEach(json, "changes", changes, StepChangeJson::write);
        }
    }

    private static void writeFlapping(JsonGenerator json, @Nullable Flapping flapping) throws IOException {
        if (flapping == null) {
            json.writeNullField("flapping");
            return;
        }
        json.writeObjectFieldStart("flapping");
        json.writeNumberField("passed", flapping.passed());
        json.writeNumberField("times", flapping.times());
        json.writeEndObject();
    }

    private static void writeHolder(JsonGenerator json, Holder holder) throws IOException {
        json.writeStartObject();
        json.writeStringField("jobId", holder.jobId());
        json.writeStringField("traceId", holder.traceId());
        json.writeStringField("releaseTargetKey", holder.releaseTargetKey());
        json.writeStringField("outcome", holder.outcome().value());
        TraceJson.writeTime(json, "since", holder.since());
        TraceJson.writeTime(json, "lastWritten", holder.lastWritten());
        json.writeEndObject();
    }

    private static void writeAbsence(
            JsonGenerator json, @Nullable TraceAbsence trace, @Nullable Duration retention, Instant now)
            throws IOException {
        json.writeStringField("retention", retention == null ? null : retention.toString());
        if (trace == null) {
            json.writeNullField("absent");
            return;
        }
        json.writeObjectFieldStart("absent");
        json.writeStringField("traceId", trace.traceId());
        TraceJson.writeTime(json, "began", trace.began());
        json.writeBooleanField("expired", trace.isExpired(now));
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
