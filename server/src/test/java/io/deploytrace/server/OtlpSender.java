package io.deploytrace.server;

import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends requests byte by byte as a test wants them, with no retries. Safe for use by several threads. */
final class OtlpSender {

    /** The encodings that need no JSON. */
    enum Protocol {
        GRPC,
        HTTP
    }

    /**
     * What the server answered.
     *
     * @param code 0 for success; else the status of HTTP, or of gRPC where it was asked by gRPC
     * @param rejected how many spans weren't stored though the request was fine
     * @param message what it said about it
     * @param raw all of it
     */
    record Answer(int code, long rejected, String message, AggregatedHttpResponse raw) {

        /** Everything that the server told, for whoever looks for what it gave away. */
        String everything() {
            return raw.headers() + " " + raw.trailers() + " " + raw.contentUtf8();
        }
    }

    private static final String GRPC_PATH = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    private static final int FRAME_HEADER = 5;

    private final WebClient http1;
    private final WebClient http2;

    OtlpSender(int port) {
        http1 = client("h1c", port);
        http2 = client("h2c", port);
    }

    private static WebClient client(String session, int port) {
        return WebClient.builder(session + "://127.0.0.1:" + port)
                .responseTimeout(Duration.ofMinutes(1))
                .build();
    }

    Answer send(Protocol protocol, @Nullable String credential, ExportTraceServiceRequest request) {
        return start(protocol, credential, request).join();
    }

    /** Sends it, and doesn't wait. */
    CompletableFuture<Answer> start(Protocol protocol, @Nullable String credential, ExportTraceServiceRequest request) {
        if (protocol == Protocol.HTTP) {
            return post(http1, "/v1/traces", "application/x-protobuf", credential, request.toByteArray())
                    .thenApply(OtlpSender::httpAnswer);
        }
        var message = request.toByteArray();
        var frame = ByteBuffer.allocate(FRAME_HEADER + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message);
        return post(http2, GRPC_PATH, "application/grpc", credential, frame.array())
                .thenApply(OtlpSender::grpcAnswer);
    }

    /** Sends a body of JSON. */
    AggregatedHttpResponse sendJson(@Nullable String credential, byte[] body) {
        return post(http1, "/v1/traces", "application/json", credential, body).join();
    }

    private static CompletableFuture<AggregatedHttpResponse> post(
            WebClient client, String path, String contentType, @Nullable String credential, byte[] body) {
        var headers = RequestHeaders.builder(HttpMethod.POST, path)
                .add("content-type", contentType)
                .add("te", "trailers");
        if (credential != null) {
            headers.add("authorization", "Bearer " + credential);
        }
        return client.execute(headers.build(), body).aggregate();
    }

    private static Answer httpAnswer(AggregatedHttpResponse answer) {
        var code = answer.status().code();
        return code == 200
                ? answer(0, answer, answer.content().array())
                : new Answer(code, 0, answer.contentUtf8(), answer);
    }

    private static Answer grpcAnswer(AggregatedHttpResponse answer) {
        var headers = answer.trailers().contains("grpc-status") ? answer.trailers() : answer.headers();
        var code = headers.getInt("grpc-status", -1);
        var body = answer.content().array();
        return code == 0
                ? answer(0, answer, Arrays.copyOfRange(body, FRAME_HEADER, body.length))
                : new Answer(code, 0, headers.get("grpc-message", ""), answer);
    }

    private static Answer answer(int code, AggregatedHttpResponse raw, byte[] message) {
        try {
            var partial = ExportTraceServiceResponse.parseFrom(message).getPartialSuccess();
            return new Answer(code, partial.getRejectedSpans(), partial.getErrorMessage(), raw);
        } catch (InvalidProtocolBufferException malformed) {
            throw new AssertionError(raw.toString(), malformed);
        }
    }
}
