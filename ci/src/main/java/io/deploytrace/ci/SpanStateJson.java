package io.deploytrace.ci;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An open span as it stands in the job's file. */
final class SpanStateJson {

    private static final String ID = "id";
    private static final String PARENT = "parent";
    private static final String NAME = "name";
    private static final String START = "start";
    private static final String PROCESS = "process";
    private static final String FAILED = "failed";
    private static final String LINK = "link";
    private static final String ATTRIBUTES = "attributes";
    private static final String NOTES = "notes";
    private static final String KEY = "key";
    private static final String VALUE = "value";
    private static final String TIME = "time";

    private @Nullable String id;
    private @Nullable String parentId;
    private @Nullable String name;
    private @Nullable Instant start;
    private long process;
    private boolean failed;
    private @Nullable Traceparent link;
    private Map<String, Object> attributes = Map.of();
    private List<Note> notes = List.of();

    private SpanStateJson() {}

    static void write(JsonGenerator json, JobSpan span) throws IOException {
        json.writeStartObject();
        json.writeStringField(ID, span.id());
        json.writeStringField(PARENT, span.parentId());
        json.writeStringField(NAME, span.name());
        json.writeStringField(START, span.start().toString());
        json.writeNumberField(PROCESS, span.process());
        json.writeBooleanField(FAILED, span.failed());
        json.writeStringField(LINK, span.link() == null ? null : span.link().toString());
        json.writeObjectFieldStart(ATTRIBUTES);
        for (var attribute : span.attributes().entrySet()) {
            json.writeObjectField(attribute.getKey(), attribute.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart(NOTES);
        for (var note : span.notes()) {
            json.writeStartObject();
            json.writeStringField(KEY, note.key());
            json.writeStringField(VALUE, note.value());
            json.writeStringField(TIME, note.time().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** @throws IOException if it isn't what {@link #write} wrote */
    static JobSpan read(JsonParser json) throws IOException {
        var reading = new SpanStateJson();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = json.currentName();
            json.nextToken();
            reading.field(json, field);
        }
        return reading.span();
    }

    private void field(JsonParser json, String field) throws IOException {
        switch (field) {
            case ID -> id = json.getText();
            case PARENT -> parentId = json.getValueAsString();
            case NAME -> name = json.getText();
            case START -> start = time(json);
            case PROCESS -> process = json.getLongValue();
            case FAILED -> failed = json.getBooleanValue();
            case LINK -> link = Traceparent.parse(json.getValueAsString());
            case ATTRIBUTES -> attributes = readAttributes(json);
            case NOTES -> notes = readNotes(json);
            default -> json.skipChildren();
        }
    }

    private JobSpan span() throws IOException {
        return new JobSpan(
                StateJson.required(ID, id),
                parentId,
                StateJson.required(NAME, name),
                StateJson.required(START, start),
                process,
                failed,
                link,
                attributes,
                notes);
    }

    private static Instant time(JsonParser json) throws IOException {
        try {
            return Instant.parse(json.getText());
        } catch (DateTimeException e) {
            throw new IOException("'" + json.getText() + "' is no time", e);
        }
    }

    private static Map<String, Object> readAttributes(JsonParser json) throws IOException {
        StateJson.expect(json.currentToken(), JsonToken.START_OBJECT);
        var attributes = new HashMap<String, Object>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var key = json.currentName();
            var number = json.nextToken() == JsonToken.VALUE_NUMBER_INT;
            attributes.put(key, number ? (Object) json.getLongValue() : json.getText());
        }
        return attributes;
    }

    private static List<Note> readNotes(JsonParser json) throws IOException {
        StateJson.expect(json.currentToken(), JsonToken.START_ARRAY);
        var notes = new ArrayList<Note>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            notes.add(readNote(json));
        }
        return notes;
    }

    private static Note readNote(JsonParser json) throws IOException {
        String key = null;
        String value = null;
        Instant time = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = json.currentName();
            json.nextToken();
            switch (field) {
                case KEY -> key = json.getText();
                case VALUE -> value = json.getText();
                case TIME -> time = time(json);
                default -> json.skipChildren();
            }
        }
        return new Note(StateJson.required(KEY, key), StateJson.required(VALUE, value), StateJson.required(TIME, time));
    }
}
