package io.deploytrace.server;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Makes the messages of spans, with nothing in them that isn't asked for. */
final class OtlpSpans {

    /** When they start: 2026-11-23. */
    static final long START = 1_795_392_692_000_000_000L;

    private OtlpSpans() {}

    static ByteString id(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    /** An ended span without a parent. */
    static Span span(String traceId, String spanId, String name, Map<String, String> attributes) {
        var span = Span.newBuilder()
                .setTraceId(id(traceId))
                .setSpanId(id(spanId))
                .setName(name)
                .setStartTimeUnixNano(START)
                .setEndTimeUnixNano(START + 1_000_000);
        attributes.forEach((key, value) -> span.addAttributes(
                KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value))));
        return span.build();
    }

    static ExportTraceServiceRequest request(Span... spans) {
        var request = ExportTraceServiceRequest.newBuilder();
        request.addResourceSpansBuilder().addScopeSpansBuilder().addAllSpans(List.of(spans));
        return request.build();
    }
}
