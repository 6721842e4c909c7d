package io.deploytrace.recorder;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tests compare: the spans of a trace as rows, with names in place of ids and times. */
record Row(
        int sequence,
        int depth,
        String name,
        @Nullable String parent,
        String phase,
        String nodeType,
        String status,
        Map<String, Object> further,
        List<Note> events) {

    private static final List<String> COLUMNS = List.of("sequence", "depth", "phase", "node_type", "status");
    static final String PREFIX = "ctrlplane.";

    /** An event without its time. */
    record Note(String name, Map<String, Object> attributes) {

        static Note of(SpanEvent event) {
            return new Note(event.name(), event.attributes().asMap());
        }

        static Note of(String name, Map<String, Object> attributes) {
            return new Note(name, attributes);
        }
    }

    static List<Row> of(List<Span> spans) {
        return spans.stream().map(span -> of(span, spans)).toList();
    }

    private static Row of(Span span, List<Span> spans) {
        var attributes = span.attributes();
        var further = new LinkedHashMap<>(attributes.asMap());
        COLUMNS.forEach(column -> further.remove(PREFIX + column));
        return new Row(
                integer(attributes, "sequence"),
                integer(attributes, "depth"),
                span.name(),
                spans.stream()
                        .filter(other -> other.spanId().equals(span.parentSpanId()))
                        .map(Span::name)
                        .findFirst()
                        .orElse(span.parentSpanId()),
                attributes.getString(PREFIX + "phase"),
                attributes.getString(PREFIX + "node_type"),
                attributes.getString(PREFIX + "status"),
                further,
                span.events().stream().map(Note::of).toList());
    }

    private static int integer(Attributes attributes, String key) {
        return ((Long) attributes.get(PREFIX + key)).intValue();
    }
}
