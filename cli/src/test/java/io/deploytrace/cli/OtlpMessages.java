package io.deploytrace.cli;

import com.google.protobuf.ByteString;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** Makes the messages of spans. */
final class OtlpMessages {

    private OtlpMessages() {}

    static io.opentelemetry.proto.trace.v1.Span of(Span span) {
        var message = io.opentelemetry.proto.trace.v1.Span.newBuilder()
                .setTraceId(id(span.traceId()))
                .setSpanId(id(span.spanId()))
                .setName(span.name())
                .setStartTimeUnixNano(nanos(span.startTime()))
                .addAllAttributes(attributes(span.attributes()));
        if (span.parentSpanId() != null) {
            message.setParentSpanId(id(span.parentSpanId()));
        }
        if (span.endTime() != null) {
            message.setEndTimeUnixNano(nanos(span.endTime()));
        }
        span.events()
                .forEach(event -> message.addEventsBuilder()
                        .setName(event.name())
                        .setTimeUnixNano(nanos(event.time()))
                        .addAllAttributes(attributes(event.attributes())));
        return message.build();
    }

    static ByteString id(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    private static List<KeyValue> attributes(Attributes attributes) {
        return attributes.asMap().entrySet().stream()
                .map(entry -> KeyValue.newBuilder()
                        .setKey(entry.getKey())
                        .setValue(value(entry.getValue()))
                        .build())
                .toList();
    }

    private static AnyValue value(Object value) {
        return value instanceof Number number
                ? AnyValue.newBuilder().setIntValue(number.longValue()).build()
                : AnyValue.newBuilder().setStringValue((String) value).build();
    }
}
