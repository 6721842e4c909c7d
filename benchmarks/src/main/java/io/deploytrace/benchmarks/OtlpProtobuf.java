package io.deploytrace.benchmarks;

import com.google.protobuf.ByteString;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Spans as a request of the OpenTelemetry protocol, in the encoding of Protocol Buffers. */
final class OtlpProtobuf {

    private static final HexFormat HEX = HexFormat.of();

    private OtlpProtobuf() {}

    static byte[] encode(List<Span> spans) {
        var scope = ScopeSpans.newBuilder();
        spans.forEach(span -> scope.addSpans(span(span)));
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
                .build()
                .toByteArray();
    }

    private static io.opentelemetry.proto.trace.v1.Span span(Span span) {
        var message = io.opentelemetry.proto.trace.v1.Span.newBuilder()
                .setTraceId(id(span.traceId()))
                .setSpanId(id(span.spanId()))
                .setName(span.name())
                .setStartTimeUnixNano(nanos(span.startTime()));
        if (span.parentSpanId() != null) {
            message.setParentSpanId(id(span.parentSpanId()));
        }
        if (span.endTime() != null) {
            message.setEndTimeUnixNano(nanos(span.endTime()));
        }
        span.attributes().asMap().forEach((key, value) -> message.addAttributes(pair(key, value)));
        span.events().forEach(event -> message.addEvents(event(event)));
        return message.build();
    }

    private static io.opentelemetry.proto.trace.v1.Span.Event event(SpanEvent event) {
        var message = io.opentelemetry.proto.trace.v1.Span.Event.newBuilder()
                .setName(event.name())
                .setTimeUnixNano(nanos(event.time()));
        event.attributes().asMap().forEach((key, value) -> message.addAttributes(pair(key, value)));
        return message.build();
    }

    private static KeyValue pair(String key, Object value) {
        return KeyValue.newBuilder().setKey(key).setValue(value(value)).build();
    }

    private static AnyValue value(Object value) {
        var message = AnyValue.newBuilder();
        if (value instanceof Long number) {
            message.setIntValue(number);
        } else if (value instanceof Double number) {
            message.setDoubleValue(number);
        } else if (value instanceof Boolean truth) {
            message.setBoolValue(truth);
        } else if (value instanceof List<?> list) {
            var values = ArrayValue.newBuilder();
            list.forEach(element -> values.addValues(value(element)));
            message.setArrayValue(values);
        } else if (value instanceof Map<?, ?> map) {
            var values = KeyValueList.newBuilder();
            map.forEach((key, element) -> values.addValues(pair(Objects.toString(key), element)));
            message.setKvlistValue(values);
        } else {
            message.setStringValue(value.toString());
        }
        return message.build();
    }

    private static ByteString id(String hex) {
        return ByteString.copyFrom(HEX.parseHex(hex));
    }

    static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }
}
