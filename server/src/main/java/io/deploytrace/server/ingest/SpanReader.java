package io.deploytrace.server.ingest;

import com.google.protobuf.ByteString;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.vocabulary.SpanNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a span of the model from one of a request, or says why not. */
final class SpanReader {

    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final IngestLimits limits;
    private final AttributeReader attributes;
    private final SenderRules rules;
    private final RequestSize size;

    SpanReader(IngestLimits limits, AttributeReader attributes, SenderRules rules, RequestSize size) {
        this.limits = limits;
        this.attributes = attributes;
        this.rules = rules;
        this.size = size;
    }

    /**
     * The span under its trace id as it was sent.
     *
     * @throws Refusal if it can't be stored
     */
    Span read(io.opentelemetry.proto.trace.v1.Span sent, Origin origin) {
        if (origin.refusal() != null) {
            throw origin.refusal();
        }
        size.add(RequestSize.SPAN + origin.size());
        var traceId = id("trace id", sent.getTraceId(), TRACE_ID_BYTES);
        var spanId = id("span id", sent.getSpanId(), SPAN_ID_BYTES);
        rules.checkTrace(traceId);
        checkCounts(sent);
        var span = new Span(
                traceId,
                spanId,
                parentId(sent),
                name(sent.getName()),
                start(sent),
                sent.getEndTimeUnixNano() == 0 ? null : time(sent.getEndTimeUnixNano()),
                attributes(sent, traceId, origin),
                events(sent));
        check(span);
        return span;
    }

    private static String id(String what, ByteString id, int length) {
        if (id.size() != length || isZero(id)) {
            throw new Refusal(
                    RejectionReason.INVALID_SPAN,
                    "its %s must be %d bytes that are not all zero (in JSON %d hex digits), but is %s."
                            .formatted(what, length, 2 * length, Shown.id(id)));
        }
        return Shown.hex(id);
    }

    private static boolean isZero(ByteString id) {
        for (var i = 0; i < id.size(); i++) {
            if (id.byteAt(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Senders write no parent as no bytes or as zeros. */
    private static @Nullable String parentId(io.opentelemetry.proto.trace.v1.Span sent) {
        var id = sent.getParentSpanId();
        return id.isEmpty() || (id.size() == SPAN_ID_BYTES && isZero(id))
                ? null
                : id("parent span id", id, SPAN_ID_BYTES);
    }

    private void checkCounts(io.opentelemetry.proto.trace.v1.Span sent) {
        check(RejectionReason.TOO_MANY_ATTRIBUTES, "attributes", sent.getAttributesCount(), limits.attributesPerSpan());
        check(RejectionReason.TOO_MANY_EVENTS, "events", sent.getEventsCount(), limits.eventsPerSpan());
        check(RejectionReason.TOO_MANY_LINKS, "links", sent.getLinksCount(), limits.linksPerSpan());
        var most = limits.attributesPerEvent();
        for (var event : sent.getEventsList()) {
            check(
                    RejectionReason.TOO_MANY_EVENT_ATTRIBUTES,
                    "attributes in one event",
                    event.getAttributesCount(),
                    most);
        }
        for (var link : sent.getLinksList()) {
            check(RejectionReason.TOO_MANY_EVENT_ATTRIBUTES, "attributes in one link", link.getAttributesCount(), most);
        }
    }

    private static void check(RejectionReason reason, String what, int count, int limit) {
        if (count > limit) {
            throw Refusal.tooMany(reason, what, count, limit);
        }
    }

    /** OpenTelemetry takes an empty name for an unknown one. */
    private String name(String name) {
        return name.isEmpty() ? SpanNames.UNNAMED : attributes.text("its name", name);
    }

    private static Instant start(io.opentelemetry.proto.trace.v1.Span sent) {
        if (sent.getStartTimeUnixNano() == 0) {
            throw new Refusal(
                    RejectionReason.INVALID_SPAN,
                    "it has no start time. Send start_time_unix_nano, in nanoseconds since 1970.");
        }
        return time(sent.getStartTimeUnixNano());
    }

    /** The message has nanoseconds without a sign, which reach until 2554. */
    private static Instant time(long nanos) {
        return Instant.ofEpochSecond(
                Long.divideUnsigned(nanos, NANOS_PER_SECOND), Long.remainderUnsigned(nanos, NANOS_PER_SECOND));
    }

    private Attributes attributes(io.opentelemetry.proto.trace.v1.Span sent, String traceId, Origin origin) {
        var values = new LinkedHashMap<String, Object>();
        attributes.read(sent.getAttributesList(), "", values);
        values.putAll(origin.attributes());
        new OtelDetails(values, attributes).ofSpan(sent);
        rules.stamp(values, sent, traceId, origin.workspaceId());
        return Attributes.copyOf(values);
    }

    private List<SpanEvent> events(io.opentelemetry.proto.trace.v1.Span sent) {
        var events = new ArrayList<SpanEvent>(sent.getEventsCount());
        for (var event : sent.getEventsList()) {
            size.addElement();
            events.add(new SpanEvent(
                    attributes.text("the name of an event", event.getName()),
                    time(event.getTimeUnixNano()),
                    attributes.readEvent(event)));
        }
        return events;
    }

    private static void check(Span span) {
        var problem = SpanBatch.problemOf(span);
        if (problem != null) {
            throw new Refusal(RejectionReason.INVALID_SPAN, problem);
        }
    }
}
