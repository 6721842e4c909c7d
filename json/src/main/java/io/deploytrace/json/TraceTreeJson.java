package io.deploytrace.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.query.Completeness;
import io.deploytrace.query.Outcome;
import io.deploytrace.query.TraceNode.Placement;
import io.deploytrace.query.TraceTree;
import io.deploytrace.query.Why;
import io.deploytrace.span.Span;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.vocabulary.AttributeKeys;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The JSON of one trace with all its spans, from top to bottom of the tree, and the traces linked to it. It is written in parts, so
 * that the spans needn't be in memory all at once: {@link #begin}, each span, {@link #end}. As in {@link TraceJson}, every key is
 * there in every object.
 */
public final class TraceTreeJson {

    private TraceTreeJson() {}

    /** All of it, from all spans. */
    public static void write(JsonGenerator json, StoredTrace trace, List<StoredTrace> linked, Collection<Span> spans)
            throws IOException {
        var why = Why.of(spans);
        begin(json, trace, linked, why.outcome(), why.completeness());
        for (var node : TraceTree.of(spans).nodes()) {
            writeSpan(json, node.span(), node.level(), node.placement());
        }
        end(json);
    }

    /**
     * What is known of the trace before its spans are read, up to where they begin.
     *
     * @param trace the trace's summary
     * @param linked the summaries of the traces linked to it
     * @param outcome what became of it, linked traces included
     * @param completeness how much of it there is
     */
    public static void begin(
            JsonGenerator json, StoredTrace trace, List<StoredTrace> linked, Outcome outcome, Completeness completeness)
            throws IOException {
        json.writeStartObject();
        TraceJson.writeStored(json, trace);
        json.writeStringField("overallOutcome", outcome.value());
        json.writeStringField("completeness", completeness.value());
        beginSpans(json, linked);
    }

    private static void beginSpans(JsonGenerator json, List<StoredTrace> linked) throws IOException {
        json.writeArrayFieldStart("linkedTraces");
        for (var other : linked) {
            TraceJson.writeTrace(json, other);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("spans");
    }

    /** A span with its place in the tree. */
    public static void writeSpan(JsonGenerator json, Span span, int level, Placement placement) throws IOException {
        json.writeStartObject();
        writePlace(json, level, placement);
        SpanJson.writeFields(json, span);
        json.writeEndObject();
    }

    /**
     * What is known of the trace from its summary alone, up to where its rows begin: {@link #writeRow} writes each, {@link #end} ends them.
     *
     * @param trace the trace's summary
     * @param linked the summaries of the traces linked to it
     */
    public static void beginRows(JsonGenerator json, StoredTrace trace, List<StoredTrace> linked) throws IOException {
        json.writeStartObject();
        TraceJson.writeStored(json, trace);
        beginSpans(json, linked);
    }

    /**
     * A span with its place in the tree, of all that it holds only what a row shows.
     *
     * @param span the span, or its {@linkplain io.deploytrace.query.Outline#withMessage outline and message}
     */
    public static void writeRow(JsonGenerator json, Span span, int level, Placement placement) throws IOException {
        json.writeStartObject();
        writePlace(json, level, placement);
        json.writeStringField("traceId", span.traceId());
        json.writeStringField("spanId", span.spanId());
        json.writeStringField("name", span.name());
        json.writeStringField("status", span.status());
        json.writeStringField("result", span.attributes().getString(AttributeKeys.RESULT));
        json.writeStringField("decision", span.attributes().getString(AttributeKeys.DECISION));
        json.writeStringField("message", span.attributes().getString(AttributeKeys.MESSAGE));
        TraceJson.writeTime(json, "startTime", span.startTime());
        TraceJson.writeTime(json, "endTime", span.endTime());
        json.writeEndObject();
    }

    private static void writePlace(JsonGenerator json, int level, Placement placement) throws IOException {
        json.writeNumberField("level", level);
        json.writeStringField("placement", placement.name().toLowerCase(Locale.ROOT));
    }

    /** Ends what {@link #begin} or {@link #beginRows} began. */
    public static void end(JsonGenerator json) throws IOException {
        json.writeEndArray();
        json.writeEndObject();
    }
}
