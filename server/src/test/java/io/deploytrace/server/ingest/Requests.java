package io.deploytrace.server.ingest;

import com.google.protobuf.ByteString;
import io.deploytrace.recorder.JobReference;
import io.deploytrace.recorder.JobToken;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/** Requests and their senders. */
final class Requests {

    static final UUID WORKSPACE = UUID.fromString("6f1b3c8e-0f3a-4a53-9b59-0a8f8f0e6f11");
    static final UUID OTHER_WORKSPACE = UUID.fromString("aaaaaaaa-0f3a-4a53-9b59-0a8f8f0e6f22");
    static final String TRACE = "5b8efff798038103d269b633813fc60c";
    static final String SPAN = "eee19b7ec3c1b174";

    /** The trace and the span in which the job of {@link #job} was triggered. */
    static final String PARENT_TRACE = "0192f0c1a2b3c4d5e6f708192a3b4c5d";

    static final String PARENT_SPAN = "1122334455667788";
    static final Instant ISSUED = Instant.parse("2026-01-02T03:04:05Z");

    /** A second after the token of the job was issued. */
    static final Instant START = ISSUED.plusSeconds(1);

    private Requests() {}

    static Sender controller() {
        return new Sender.Controller(WORKSPACE);
    }

    static Sender job(String jobId) {
        return job(WORKSPACE, jobId);
    }

    static Sender job(UUID workspaceId, String jobId) {
        return new Sender.Job(new JobToken(
                new JobReference(workspaceId.toString(), PARENT_TRACE, PARENT_SPAN, jobId, "api-production", "v1.2.3"),
                ISSUED,
                ISSUED.plusSeconds(3_600),
                "k1"));
    }

    /** An ended span of a second, without parent and attributes. */
    static Span.Builder span(String traceId, String spanId) {
        return Span.newBuilder()
                .setTraceId(id(traceId))
                .setSpanId(id(spanId))
                .setName("deploy")
                .setStartTimeUnixNano(nanos(START))
                .setEndTimeUnixNano(nanos(START.plusSeconds(1)));
    }

    static Span.Builder span() {
        return span(TRACE, SPAN);
    }

    /** The n-th span id, not zero. */
    static String spanId(int n) {
        return "%016x".formatted(n + 1);
    }

    static ExportTraceServiceRequest request(Span.Builder... spans) {
        var scope = ScopeSpans.newBuilder();
        Arrays.stream(spans).forEach(scope::addSpans);
        return request(ResourceSpans.newBuilder().addScopeSpans(scope));
    }

    static ExportTraceServiceRequest request(ResourceSpans.Builder... resources) {
        var request = ExportTraceServiceRequest.newBuilder();
        Arrays.stream(resources).forEach(request::addResourceSpans);
        return request.build();
    }

    static ByteString id(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    static KeyValue attribute(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    static KeyValue attribute(String key, String value) {
        return attribute(key, text(value));
    }

    static AnyValue text(String value) {
        return AnyValue.newBuilder().setStringValue(value).build();
    }

    static AnyValue integer(long value) {
        return AnyValue.newBuilder().setIntValue(value).build();
    }

    static AnyValue list(AnyValue... values) {
        return AnyValue.newBuilder()
                .setArrayValue(ArrayValue.newBuilder().addAllValues(Arrays.asList(values)))
                .build();
    }

    static AnyValue map(KeyValue... entries) {
        return AnyValue.newBuilder()
                .setKvlistValue(KeyValueList.newBuilder().addAllValues(Arrays.asList(entries)))
                .build();
    }
}
