package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a client is answered, in the words of its protocol. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersTest {

    private TestServer server;
    private WebClient client;

    @BeforeAll
    void start() {
        server = TestServer.start();
        client = server.client("h2c");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static RequestHeadersBuilder json() {
        return Otlp.http().set("content-type", "application/json; charset=utf-8");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private int status(RequestHeadersBuilder headers, byte[] body) {
        return Otlp.post(client, headers, body).status().code();
    }

    @Test
    void emptyRequest_isAnsweredWithAnEmptyAnswer() {
        assertThat(Otlp.post(client, Otlp.http(), new byte[0]).contentUtf8()).isEmpty();
        assertThat(Otlp.post(client, json(), utf8("{}")).contentUtf8()).isEqualTo("{}");
        var grpc = Otlp.post(client, Otlp.grpc(), Otlp.frame(new byte[0], false));
        assertThat(grpc.content().array()).containsOnly(0).hasSize(5);
        assertThat(Otlp.grpcStatus(grpc)).isEqualTo("0");
    }

    @Test
    void malformedProtobuf_isAnsweredWithAStatusInProtobuf() throws InvalidProtocolBufferException {
        var answer = Otlp.post(client, Otlp.http(), new byte[] {10, 100, 1});

        assertThat(answer.status().code()).isEqualTo(400);
        assertThat(answer.contentType()).hasToString("application/x-protobuf");
        var status = Status.parseFrom(answer.content().array());
        assertThat(status.getCode()).isEqualTo(3);
        assertThat(status.getMessage()).contains("protobuf");
    }

    @Test
    void malformedJson_isAnsweredWithAStatusInJson() {
        var answer = Otlp.post(client, json(), utf8("{\"resourceSpans\": ["));

        assertThat(answer.status().code()).isEqualTo(400);
        assertThat(answer.contentType()).hasToString("application/json");
        assertThat(answer.contentUtf8()).startsWith("{\"code\":3,\"message\":");
    }

    @Test
    void malformedJson_toAPathWithAQuery_isAnsweredAsWithout() {
        var answer = Otlp.post(client, json().path("/v1/traces?a=b"), utf8("["));

        assertThat(answer.status().code()).isEqualTo(400);
        assertThat(answer.contentType()).hasToString("application/json");
    }

    @Test
    void malformedGrpc_isAnsweredWithAStatusInTrailers() {
        assertThat(grpc(Otlp.frame(new byte[] {10, 100, 1}, false))).isEqualTo("3");
        assertThat(grpc(new byte[0])).as("no message").isEqualTo("13");
        assertThat(grpc(new byte[] {0, 0, 0, 0, 9}))
                .as("a message that is cut off")
                .isEqualTo("13");
        assertThat(grpc(new byte[10])).as("two messages").isEqualTo("13");
        assertThat(grpc(Otlp.frame(new byte[9], true)))
                .as("compressed, nobody knows how")
                .isEqualTo("13");
        var snappy = Otlp.grpc().set("grpc-encoding", "snappy");
        var unknown = Otlp.post(client, snappy, Otlp.frame(new byte[9], true));
        assertThat(Otlp.grpcStatus(unknown)).isEqualTo("12");
        assertThat(unknown.headers().get("grpc-accept-encoding")).isEqualTo("identity,gzip");
    }

    private String grpc(byte[] body) {
        return Otlp.grpcStatus(Otlp.post(client, Otlp.grpc(), body));
    }

    @Test
    void unknownEncodings_areRefused() {
        var withoutType = Otlp.http();
        withoutType.remove("content-type");
        var body = Otlp.span().toByteArray();
        assertThat(status(Otlp.http().set("content-encoding", "br"), body)).isEqualTo(415);
        assertThat(status(Otlp.http().set("content-type", "text/plain"), body)).isEqualTo(415);
        assertThat(status(withoutType, body)).isEqualTo(415);
        assertThat(status(Otlp.grpc().set("content-type", "application/grpc+json"), body))
                .isEqualTo(415);
        assertThat(status(Otlp.http().set("content-encoding", "gzip"), body))
                .as("not gzip")
                .isEqualTo(400);
    }

    @Test
    void compressedRequests_areTaken() {
        var message = Otlp.span().toByteArray();
        var http = Otlp.http().set("content-encoding", "gzip");
        assertThat(status(http, Otlp.gzip(message))).isEqualTo(200);
        var grpc = Otlp.grpc().set("grpc-encoding", "gzip");
        assertThat(Otlp.grpcStatus(Otlp.post(client, grpc, Otlp.frame(Otlp.gzip(message), true))))
                .isEqualTo("0");
    }

    @Test
    void unknownRoute_isAProblem() {
        var answer = client.get("/nothing").aggregate().join();

        assertThat(answer.status().code()).isEqualTo(404);
        assertThat(answer.contentType()).hasToString("application/problem+json");
        assertThat(answer.contentUtf8().replaceFirst("\"traceId\":\"[0-9a-f]{32}\"", "\"traceId\":\"…\""))
                .isEqualTo(
                        "{\"type\":\"urn:deploytrace:problem:not-found\",\"title\":\"Nothing here\",\"status\":404,\"detail\":\"There is nothing here.\",\"traceId\":\"…\"}");
    }

    @Test
    void unknownGrpcMethod_isUnimplemented() {
        var headers = Otlp.grpc().path("/opentelemetry.proto.collector.logs.v1.LogsService/Export");
        assertThat(Otlp.grpcStatus(Otlp.post(client, headers, new byte[5]))).isEqualTo("12");
    }

    @Test
    void wrongMethod_isToldTheRightOnes() {
        assertMethods(client.get("/v1/traces").aggregate().join(), "POST");
        assertMethods(client.delete("/metrics").aggregate().join(), "GET, HEAD");
        assertMethods(client.get("/v1/traces?a=b").aggregate().join(), "POST");
    }

    private static void assertMethods(AggregatedHttpResponse answer, String methods) {
        assertThat(answer.status().code()).isEqualTo(405);
        assertThat(answer.headers().get("allow")).isEqualTo(methods);
        assertThat(answer.contentType()).hasToString("application/problem+json");
    }

    @Test
    void atomicRequest_isStoredAsAWhole_andItsResultTold() {
        var answer = Otlp.export(client, Otlp.http().set("deploytrace-atomic", "true"));

        assertThat(answer.headers().get("deploytrace-result")).isEqualTo("inserted=1,updated=0,unchanged=0");
    }
}
