package io.deploytrace.benchmarks;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import io.deploytrace.span.Span;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Through the server, by one of the three protocols. The requests are encoded before the clock starts, so that it is the server that is
 * measured; what sending them costs is still in it.
 */
final class OtlpWay implements IngestWay {

    /** The protocols of the standard. */
    enum Protocol {
        /** gRPC over HTTP/2, all calls on one connection, as gRPC's own clients do. */
        GRPC("h2c", "/opentelemetry.proto.collector.trace.v1.TraceService/Export", "application/grpc"),
        /** Protocol Buffers over HTTP/1.1, as most exporters send them where there is no TLS. */
        HTTP_PROTOBUF("h1c", "/v1/traces", "application/x-protobuf"),
        /** JSON over HTTP/1.1. */
        HTTP_JSON("h1c", "/v1/traces", "application/json");

        private final String session;
        private final String path;
        private final String contentType;

        Protocol(String session, String path, String contentType) {
            this.session = session;
            this.path = path;
            this.contentType = contentType;
        }

        byte[] encode(List<Span> trace) {
            return switch (this) {
                case GRPC -> frame(OtlpProtobuf.encode(trace));
                case HTTP_PROTOBUF -> OtlpProtobuf.encode(trace);
                case HTTP_JSON -> OtlpJson.encode(trace);
            };
        }

        /** Not compressed, and its length. */
        private static byte[] frame(byte[] message) {
            return ByteBuffer.allocate(message.length + 5)
                    .put((byte) 0)
                    .putInt(message.length)
                    .put(message)
                    .array();
        }

        /** Whether everything was stored. */
        private boolean isSuccess(AggregatedHttpResponse answer) {
            return switch (this) {
                case GRPC ->
                    "0"
                                    .equals(answer.trailers()
                                            .get("grpc-status", answer.headers().get("grpc-status", "")))
                            && answer.content().length() == 5;
                case HTTP_PROTOBUF ->
                    answer.status().code() == 200 && answer.content().isEmpty();
                case HTTP_JSON ->
                    answer.status().code() == 200 && !answer.contentUtf8().contains("rejected");
            };
        }
    }

    private final Protocol protocol;
    private final ClientFactory factory = ClientFactory.builder().build();
    private final WebClient client;
    private final RequestHeaders headers;

    OtlpWay(Protocol protocol, int port, String key) {
        this.protocol = protocol;
        this.client = WebClient.builder(protocol.session + "://127.0.0.1:" + port)
                .factory(factory)
                .responseTimeout(Duration.ofMinutes(1))
                .build();
        this.headers = RequestHeaders.builder(HttpMethod.POST, protocol.path)
                .add(HttpHeaderNames.CONTENT_TYPE, protocol.contentType)
                .add(HttpHeaderNames.TE, "trailers")
                .add(HttpHeaderNames.AUTHORIZATION, "Bearer " + key)
                .build();
    }

    @Override
    public Call prepare(List<Span> trace) {
        var body = protocol.encode(trace);
        return () -> {
            var answer = client.execute(headers, body).aggregate().join();
            if (!protocol.isSuccess(answer)) {
                throw new IllegalStateException("The server didn't store a trace: " + answer.headers() + " "
                        + answer.trailers() + " " + answer.contentUtf8());
            }
        };
    }

    @Override
    public void close() {
        factory.close();
    }
}
