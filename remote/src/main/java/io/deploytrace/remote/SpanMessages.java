package io.deploytrace.remote;

import com.google.protobuf.ByteString;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.opentelemetry.proto.trace.v1.Span.Event;
import java.util.HexFormat;

/** Spans in the messages of the protocol. What a span of ours doesn't have, such as a kind, stays unset. */
final class SpanMessages {

    private static final HexFormat HEX = HexFormat.of();

    private SpanMessages() {}

    /**
     * The span, checked before, as a message.
     *
     * @throws io.deploytrace.store.SpanStoreException if the protocol can't say one of its times
     */
    static io.opentelemetry.proto.trace.v1.Span of(Span span) {
        var message = io.opentelemetry.proto.trace.v1.Span.newBuilder()
                .setTraceId(bytes(span.traceId()))
                .setSpanId(bytes(span.spanId()))
                .setName(span.name())
                .setStartTimeUnixNano(UnixNanos.of(span, "start", span.startTime()))
                .addAllAttributes(AnyValues.of(span.attributes()));
        var parent = span.parentSpanId();
        if (parent != null) {
            message.setParentSpanId(bytes(parent));
        }
        var end = span.endTime();
        if (end != null) {
            message.setEndTimeUnixNano(UnixNanos.of(span, "end", end));
        }
        for (var event : span.events()) {
            message.addEvents(event(span, event));
        }
        return message.build();
    }

    private static Event event(Span span, SpanEvent event) {
        return Event.newBuilder()
                .setName(event.name())
                .setTimeUnixNano(UnixNanos.of(span, "time of an event", event.time()))
                .addAllAttributes(AnyValues.of(event.attributes()))
                .build();
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HEX.parseHex(hex));
    }
}
