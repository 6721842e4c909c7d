package io.deploytrace.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.query.Diff;
import io.deploytrace.query.StepChange;
import io.deploytrace.query.TargetDiff;
import io.deploytrace.query.Why;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of comparisons; as {@link TraceJson}, every key is there in every object. */
public final class DiffJson {

    private DiffJson() {}

    /** How two traces differ. */
    public static void write(JsonGenerator json, Diff diff, Instant now) throws IOException {
        write(json, diff.b().summary().releaseTargetKey(), diff.lines(now), diff);
    }

    /** What changed at a release target: the same shape, {@code a} and {@code b} null where there is nothing to compare. */
    public static void write(JsonGenerator json, TargetDiff target, Instant now) throws IOException {
        write(json, target.releaseTargetKey(), target.lines(now), target.diff());
    }

    private static void write(JsonGenerator json, @Nullable String target, List<String> lines, @Nullable Diff diff)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("releaseTargetKey", target);
        WhyJson.writeLines(json, lines);
        writeTrace(json, "a", diff == null ? null : diff.a());
        writeTrace(json, "b", diff == null ? null : diff.b());
        StepChangeJson.writeValues(json, "fields", diff == null ? List.of() : diff.fields());
        json.writeArrayFieldStart("steps");
        for (var step : diff == null ? List.<StepChange>of() : diff.steps()) {
            StepChangeJson.write(json, step);
        }
        json.writeEndArray();
        json.writeBooleanField("outlined", diff != null && diff.isOutlined());
        json.writeNumberField("unlisted", diff == null ? 0 : diff.unlisted());
        json.writeEndObject();
    }

    private static void writeTrace(JsonGenerator json, String field, @Nullable Why why) throws IOException {
        if (why == null) {
            json.writeNullField(field);
            return;
        }
        json.writeObjectFieldStart(field);
        TraceJson.writeSummary(json, why.summary());
        json.writeStringField("overallOutcome", why.outcome().value());
        json.writeStringField("completeness", why.completeness().value());
        json.writeEndObject();
    }
}
