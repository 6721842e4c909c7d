package io.deploytrace.cli;

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
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Sends spans to one server, and from then on to the other when it doesn't take them, as a load balancer does. Used by one thread. */
final class BalancedSender {

    private static final int FRAME_HEADER = 5;
    private static final int OK = 200;
    private static final List<Integer> TRY_AGAIN_HTTP = List.of(429, 503);
    private static final List<Integer> TRY_AGAIN_GRPC = List.of(8, 14);

    private final boolean grpc;
    private final List<WebClient> servers;
    private final String key;
    private int server;

    BalancedSender(boolean grpc, List<String> urls, String key, int first) {
        this.grpc = grpc;
        this.servers = urls.stream()
                .map(url -> WebClient.builder(url.replace("http:", grpc ? "h2c:" : "h1c:"))
                        .responseTimeout(Duration.ofSeconds(20))
                        .build())
                .toList();
        this.key = key;
        this.server = first;
    }

    /**
     * Sends it once.
     *
     * @return how many spans were rejected; empty if it isn't known whether anything was stored
     * @throws IllegalStateException if the server answered what it never should
     */
    OptionalLong send(ExportTraceServiceRequest request, boolean atomic) {
        try {
            var answer = post(request.toByteArray(), atomic).join();
            var rejected = grpc ? ofGrpc(answer) : ofHttp(answer);
            if (rejected.isPresent()) {
                return rejected;
            }
        } catch (CompletionException noAnswer) {
            // The connection broke, or there was none: then it is as if the server had asked to try again.
        }
        server = (server + 1) % servers.size();
        return OptionalLong.empty();
    }

    private CompletableFuture<AggregatedHttpResponse> post(byte[] message, boolean atomic) {
        var headers = RequestHeaders.builder(
                        HttpMethod.POST,
                        grpc ? "/opentelemetry.proto.collector.trace.v1.TraceService/Export" : "/v1/traces")
                .add("content-type", grpc ? "application/grpc" : "application/x-protobuf")
                .add("te", "trailers")
                .add("authorization", "Bearer " + key)
                .add("deploytrace-atomic", Boolean.toString(atomic))
                .build();
        return servers.get(server)
                .execute(headers, grpc ? frame(message) : message)
                .aggregate();
    }

    private static byte[] frame(byte[] message) {
        return ByteBuffer.allocate(FRAME_HEADER + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }

    private static OptionalLong ofHttp(AggregatedHttpResponse answer) {
        var status = answer.status().code();
        return status == OK ? rejected(answer.content().array()) : tryAgain(TRY_AGAIN_HTTP.contains(status), answer);
    }

    private static OptionalLong ofGrpc(AggregatedHttpResponse answer) {
        var headers = answer.trailers().contains("grpc-status") ? answer.trailers() : answer.headers();
        var status = headers.getInt("grpc-status", -1);
        var body = answer.content().array();
        return status == 0
                ? rejected(Arrays.copyOfRange(body, FRAME_HEADER, body.length))
                : tryAgain(TRY_AGAIN_GRPC.contains(status), answer);
    }

    private static OptionalLong tryAgain(boolean asked, AggregatedHttpResponse answer) {
        if (!asked) {
            throw new IllegalStateException(
                    "The server answered " + answer.headers() + answer.trailers() + " " + answer.contentUtf8());
        }
        return OptionalLong.empty();
    }

    private static OptionalLong rejected(byte[] message) {
        try {
            var response = ExportTraceServiceResponse.parseFrom(message);
            return OptionalLong.of(response.getPartialSuccess().getRejectedSpans());
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException(malformed);
        }
    }
}
