package io.deploytrace.ci;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The job's state as it stands in its file. */
final class StateJson {

    private static final String TRACE_ID = "traceId";
    private static final String OPEN = "open";
    private static final String UNSENT = "unsent";
    private static final String LOST = "lost";
    private static final String AWAY = "away";

    private StateJson() {}

    static void write(JsonGenerator json, JobState state) throws IOException {
        json.writeStartObject();
        json.writeStringField(TRACE_ID, state.traceId());
        json.writeNumberField(LOST, state.lost());
        json.writeBooleanField(AWAY, state.away());
        json.writeArrayFieldStart(OPEN);
        for (var span : state.open()) {
            SpanStateJson.write(json, span);
        }
        json.writeEndArray();
        json.writeObjectFieldStart(UNSENT);
        for (var span : state.unsent()) {
            json.writeStringField(span.id(), span.message());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** @throws IOException if it isn't what {@link #write} wrote */
    static JobState read(JsonParser json) throws IOException {
        String traceId = null;
        List<JobSpan> open = List.of();
        List<UnsentSpan> unsent = List.of();
        var lost = 0L;
        var away = false;
        expect(json.nextToken(), JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = json.currentName();
            json.nextToken();
            switch (field) {
                case TRACE_ID -> traceId = json.getText();
                case LOST -> lost = json.getLongValue();
                case AWAY -> away = json.getBooleanValue();
                case OPEN -> open = readOpen(json);
                case UNSENT -> unsent = readUnsent(json);
                default -> json.skipChildren();
            }
        }
        return new JobState(required(TRACE_ID, traceId), open, unsent, lost, away);
    }

    private static List<JobSpan> readOpen(JsonParser json) throws IOException {
        expect(json.currentToken(), JsonToken.START_ARRAY);
        var open = new ArrayList<JobSpan>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            open.add(SpanStateJson.read(json));
        }
        return open;
    }

    private static List<UnsentSpan> readUnsent(JsonParser json) throws IOException {
        expect(json.currentToken(), JsonToken.START_OBJECT);
        var unsent = new ArrayList<UnsentSpan>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var id = json.currentName();
            json.nextToken();
            unsent.add(new UnsentSpan(id, json.getText()));
        }
        return unsent;
    }

    static void expect(@Nullable JsonToken token, JsonToken expected) throws IOException {
        if (token != expected) {
            throw new IOException("expected " + expected + ", but found " + token);
        }
    }

    static <T> T required(String field, @Nullable T value) throws IOException {
        if (value == null) {
            throw new IOException(field + " is missing");
        }
        return value;
    }
}
