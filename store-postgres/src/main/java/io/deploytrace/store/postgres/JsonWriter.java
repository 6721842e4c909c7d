package io.deploytrace.store.postgres;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Rfc3339;
import io.deploytrace.span.SpanEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Writes attributes and events as the JSON of their columns, one after the other into one stream; {@link JsonReader} reads it. For
 * use by one thread; not after it threw.
 */
final class JsonWriter {

    /** Nothing stands between one value and the next. */
    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder().rootValueSeparator((String) null).build();

    private final JsonGenerator json;

    JsonWriter(OutputStream stream) {
        try {
            json = FACTORY.createGenerator(stream);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** All of it is in the stream when this returns. */
    void write(Attributes attributes) {
        try {
            writeMap(json, attributes.asMap());
            json.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** All of it is in the stream when this returns. */
    void write(List<SpanEvent> events) {
        try {
            writeEvents(json, events);
            json.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void writeEvents(JsonGenerator json, List<SpanEvent> events) throws IOException {
        json.writeStartArray();
        for (var event : events) {
            json.writeStartObject();
            json.writeStringField("name", event.name());
            json.writeStringField("timestamp", Rfc3339.format(event.time()));
            json.writeFieldName("attributes");
            writeMap(json, event.attributes().asMap());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeMap(JsonGenerator json, Map<?, ?> map) throws IOException {
        json.writeStartObject();
        for (var entry : map.entrySet()) {
            json.writeFieldName((String) entry.getKey());
            writeValue(json, entry.getValue());
        }
        json.writeEndObject();
    }

    private static void writeValue(JsonGenerator json, Object value) throws IOException {
        if (value instanceof String string) {
            json.writeString(string);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Double number) {
            json.writeNumber(withFraction(number));
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(json, map);
        } else {
            writeList(json, (List<?>) value);
        }
    }

    private static void writeList(JsonGenerator json, List<?> list) throws IOException {
        json.writeStartArray();
        for (var element : list) {
            writeValue(json, element);
        }
        json.writeEndArray();
    }

    /**
     * jsonb keeps the digits of a number but not its exponent, so that 1.0E10 would come back as the integer
     * 10000000000. Written out with a fraction, a double stays one.
     */
    private static String withFraction(double number) {
        var digits = BigDecimal.valueOf(number).toPlainString();
        return digits.indexOf('.') < 0 ? digits + ".0" : digits;
    }
}
