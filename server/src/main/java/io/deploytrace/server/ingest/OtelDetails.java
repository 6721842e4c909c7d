package io.deploytrace.server.ingest;

import io.deploytrace.vocabulary.OtelKeys;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keeps what OpenTelemetry's messages have and no column holds in the attributes, where there is something to keep. */
final class OtelDetails {

    private final Map<String, Object> attributes;
    private final AttributeReader reader;

    OtelDetails(Map<String, Object> attributes, AttributeReader reader) {
        this.attributes = attributes;
        this.reader = reader;
    }

    void ofSpan(Span span) {
        kind(span.getKind());
        status(span);
        text(OtelKeys.TRACE_STATE, span.getTraceState());
        count(OtelKeys.DROPPED_ATTRIBUTES_COUNT, span.getDroppedAttributesCount());
        count(OtelKeys.DROPPED_EVENTS_COUNT, span.getDroppedEventsCount());
        count(OtelKeys.DROPPED_LINKS_COUNT, span.getDroppedLinksCount());
        if (span.getLinksCount() > 0) {
            attributes.put(OtelKeys.LINKS, links(span.getLinksList()));
        }
    }

    /** Keeps a text that isn't empty. */
    void text(String key, String text) {
        if (!text.isEmpty()) {
            attributes.put(key, reader.text(key, text));
        }
    }

    /** Keeps a count that isn't zero; the message has it without a sign. */
    void count(String key, int count) {
        if (count != 0) {
            attributes.put(key, Integer.toUnsignedLong(count));
        }
    }

    private void kind(Span.SpanKind kind) {
        switch (kind) {
            case SPAN_KIND_SERVER, SPAN_KIND_CLIENT, SPAN_KIND_PRODUCER, SPAN_KIND_CONSUMER ->
                attributes.put(
                        OtelKeys.KIND,
                        kind.name().substring("SPAN_KIND_".length()).toLowerCase(Locale.ROOT));
            default -> {}
        }
    }

    private void status(Span span) {
        var status = span.getStatus();
        if (status.getCode() == StatusCode.STATUS_CODE_OK) {
            attributes.put(OtelKeys.STATUS_CODE, "OK");
        } else if (status.getCode() == StatusCode.STATUS_CODE_ERROR) {
            attributes.put(OtelKeys.STATUS_CODE, "ERROR");
        }
        text(OtelKeys.STATUS_DESCRIPTION, status.getMessage());
    }

    private List<Object> links(List<Span.Link> links) {
        var list = new ArrayList<Object>(links.size());
        for (var link : links) {
            var map = new LinkedHashMap<String, Object>();
            map.put("trace_id", reader.text("a link's trace id", Shown.hex(link.getTraceId())));
            map.put("span_id", reader.text("a link's span id", Shown.hex(link.getSpanId())));
            var details = new OtelDetails(map, reader);
            details.text("trace_state", link.getTraceState());
            details.count("dropped_attributes_count", link.getDroppedAttributesCount());
            linkAttributes(link, map);
            list.add(map);
        }
        return list;
    }

    private void linkAttributes(Span.Link link, Map<String, Object> map) {
        var values = new LinkedHashMap<String, Object>();
        reader.read(link.getAttributesList(), "", values);
        if (!values.isEmpty()) {
            map.put("attributes", values);
        }
    }
}
