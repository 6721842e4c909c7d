package io.deploytrace.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.query.History;
import io.deploytrace.query.HistoryLine;
import io.deploytrace.query.HistoryLine.Flapping;
import io.deploytrace.query.TraceBrief;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The JSON of histories; as in {@link TraceJson}, every key is there in every object. */
public final class HistoryJson {

    private HistoryJson() {}

    /**
     * What became of a release target.
     *
     * @param nextCursor where older lines begin, in the words of who asks; null when there are none
     */
    public static void write(JsonGenerator json, History history, @Nullable String nextCursor, Instant now)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("releaseTargetKey", history.releaseTargetKey());
        WhyJson.writeLines(json, history.lines(now));
        json.writeArrayFieldStart("lines");
        for (var line : history.lines()) {
            writeLine(json, line, now);
        }
        json.writeEndArray();
        json.writeStringField("nextCursor", nextCursor);
        json.writeEndObject();
    }

    private static void writeLine(JsonGenerator json, HistoryLine line, Instant now) throws IOException {
        json.writeStartObject();
        json.writeStringField("text", line.text(now));
        writeState(json, line.newest());
        json.writeNumberField("count", line.count());
        TraceJson.writeTime(json, "from", line.oldest().startTime());
        TraceJson.writeTime(json, "to", line.newest().startTime());
        json.writeStringField("oldestTraceId", line.oldest().traceId());
        json.writeStringField("newestTraceId", line.newest().traceId());
        writeFlapping(json, line.flapping());
        json.writeEndObject();
    }

    /** What became of the trace, and because of what, into an object that is open. */
    private static void writeState(JsonGenerator json, TraceBrief trace) throws IOException {
        json.writeStringField("outcome", trace.outcome().value());
        TraceJson.writeCause(json, trace.cause());
        json.writeStringField("releaseId", trace.releaseId());
    }

    private static void writeFlapping(JsonGenerator json, @Nullable Flapping flapping) throws IOException {
        if (flapping == null) {
            json.writeNullField("flapping");
            return;
        }
        json.writeObjectFieldStart("flapping");
        json.writeNumberField("changes", flapping.changes());
        json.writeObjectFieldStart("other");
        writeState(json, flapping.other());
        json.writeNumberField("count", flapping.otherCount());
        json.writeStringField("newestTraceId", flapping.other().traceId());
        json.writeEndObject();
        json.writeEndObject();
    }
}
