package io.deploytrace.server;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

/** Requests as OpenTelemetry clients make them. */
final class Otlp {

    static final String HTTP = "/v1/traces";
    static final String GRPC = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private static final AtomicLong IDS = new AtomicLong(1);

    private Otlp() {}

    /** A request with one new span, whose one attribute names the workspace, and one of this length. */
    static ExportTraceServiceRequest span(String workspace, int padding) {
        var id = IDS.getAndIncrement();
        var span = Span.newBuilder()
                .setTraceId(ByteString.copyFrom(
                        ByteBuffer.allocate(16).putLong(7).putLong(id).array()))
                .setSpanId(
                        ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).array()))
                .setName("build")
                .setStartTimeUnixNano(1_700_000_000_000_000_000L)
                .setEndTimeUnixNano(1_700_000_001_000_000_000L)
                .addAttributes(attribute("ctrlplane.workspace_id", workspace))
                .addAttributes(attribute("padding", "x".repeat(padding)));
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build();
    }

    static ExportTraceServiceRequest span() {
        return span(TestServer.WORKSPACE.toString(), 0);
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    static byte[] gzip(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The message in a frame of gRPC. */
    static byte[] frame(byte[] message, boolean compressed) {
        return ByteBuffer.allocate(5 + message.length)
                .put((byte) (compressed ? 1 : 0))
                .putInt(message.length)
                .put(message)
                .array();
    }

    static RequestHeadersBuilder http() {
        return RequestHeaders.builder(HttpMethod.POST, HTTP).set("content-type", "application/x-protobuf");
    }

    static RequestHeadersBuilder grpc() {
        return RequestHeaders.builder(HttpMethod.POST, GRPC)
                .set("content-type", "application/grpc")
                .set("te", "trailers");
    }

    static AggregatedHttpResponse post(WebClient client, RequestHeadersBuilder headers, byte[] body) {
        return client.execute(headers.build(), HttpData.wrap(body)).aggregate().join();
    }

    static AggregatedHttpResponse export(WebClient client, RequestHeadersBuilder headers) {
        var body = span().toByteArray();
        return post(client, headers, headers.path().equals(GRPC) ? frame(body, false) : body);
    }

    /** Of trailers, or of headers where there are no others. */
    static String grpcStatus(AggregatedHttpResponse response) {
        return response.trailers().get("grpc-status", response.headers().get("grpc-status", ""));
    }

    static ExportTraceServiceResponse answer(AggregatedHttpResponse response) {
        var content = response.content().array();
        try {
            return grpcStatus(response).isEmpty()
                    ? ExportTraceServiceResponse.parseFrom(content)
                    : ExportTraceServiceResponse.parseFrom(ByteBuffer.wrap(content, 5, content.length - 5));
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }
}
