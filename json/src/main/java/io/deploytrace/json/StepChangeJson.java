package io.deploytrace.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.query.StepChange;
import io.deploytrace.query.StepState;
import io.deploytrace.query.ValueChange;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of a step of one trace beside its like in another; as {@link TraceJson}, every key is there in every object. */
final class StepChangeJson {

    private StepChangeJson() {}

    static void write(JsonGenerator json, StepChange step) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", step.kind().value());
        json.writeBooleanField("linked", step.isLinked());
        json.writeStringField("change", step.change().value());
        json.writeStringField("name", step.latest().span().name());
        json.writeStringField("rule", step.latest().rule());
        writeState(json, "a", step.a());
        writeState(json, "b", step.b());
        writeValues(json, "metadata", step.metadata());
        json.writeEndObject();
    }

    static void writeValues(JsonGenerator json, String field, List<ValueChange> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (var value : values) {
            json.writeStartObject();
            json.writeStringField("key", value.key());
            SpanJson.writeValueField(json, "a", value.a());
            SpanJson.writeValueField(json, "b", value.b());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeState(JsonGenerator json, String field, @Nullable StepState state) throws IOException {
        if (state == null) {
            json.writeNullField(field);
            return;
        }
        json.writeObjectFieldStart(field);
        json.writeStringField("name", state.span().name());
        json.writeStringField("verdict", state.verdict());
        json.writeStringField("message", state.message());
        TraceJson.writeTime(json, "startTime", state.span().startTime());
        TraceJson.writeTime(json, "endTime", state.span().endTime());
        json.writeStringField("traceId", state.span().traceId());
        json.writeStringField("spanId", state.span().spanId());
        json.writeEndObject();
    }
}
