package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import io.deploytrace.store.Deadline;
import io.deploytrace.testkit.Await;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit of a request's size, at its edge and just past it. */
class LimitsTest {

    private static final int LIMIT = 100_000;
    private static final String TRACE = "0192aaaaaaaa70008000000000000abc";

    private TestServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    /** A request of exactly so many bytes. */
    private static byte[] message(int bytes) {
        var padding = bytes - Otlp.span(TestServer.WORKSPACE.toString(), bytes).getSerializedSize() + bytes;
        var message = Otlp.span(TestServer.WORKSPACE.toString(), padding).toByteArray();
        assertThat(message).hasSize(bytes);
        return message;
    }

    private static void assertTooLarge(AggregatedHttpResponse response) {
        assertThat(response.status().code()).isEqualTo(413);
        assertThat(response.headers().get("retry-after")).isNull();
        assertThat(String.valueOf(response.contentType())).isEqualTo("application/x-protobuf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1c", "h2c"})
    void body_atTheLimit_isTakenAndPastItRefused(String protocol) {
        server = TestServer.limited(limits -> limits.withBodyBytes(LIMIT));
        var client = server.client(protocol);

        assertThat(Otlp.post(client, Otlp.http(), message(LIMIT)).status().code())
                .isEqualTo(200);
        assertTooLarge(Otlp.post(client, Otlp.http(), message(LIMIT + 1)));
        assertThat(server.traces(TestServer.WORKSPACE)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1c", "h2c"})
    void body_withoutALength_isRefusedPastTheLimit(String protocol) {
        server = TestServer.limited(limits -> limits.withBodyBytes(LIMIT));
        var request = HttpRequest.streaming(Otlp.http().build());
        write(request, HttpData.wrap(new byte[1_000]), 200);

        assertTooLarge(server.client(protocol).execute(request).aggregate().join());
    }

    private static void write(com.linecorp.armeria.common.HttpRequestWriter request, HttpData part, int times) {
        if (times == 0) {
            request.close();
        } else if (request.tryWrite(part)) {
            var unused = request.whenConsumed().thenRun(() -> write(request, part, times - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1c", "h2c"})
    void decompressedBody_atTheLimit_isTakenAndPastItRefused(String protocol) {
        server = TestServer.limited(limits -> limits.withBodyBytes(10_000).withDecompressedBytes(LIMIT));
        var client = server.client(protocol);
        var headers = Otlp.http().set("content-encoding", "gzip");

        assertThat(Otlp.post(client, headers, Otlp.gzip(message(LIMIT)))
                        .status()
                        .code())
                .isEqualTo(200);
        assertTooLarge(Otlp.post(client, headers, Otlp.gzip(message(LIMIT + 1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1c", "h2c"})
    void decompressedJson_atTheLimit_isTakenAndPastItRefused(String protocol) {
        server = TestServer.limited(limits -> limits.withBodyBytes(10_000).withDecompressedBytes(LIMIT));
        var client = server.client(protocol);
        var headers = Otlp.http().set("content-type", "application/json").set("content-encoding", "gzip");

        assertThat(Otlp.post(client, headers, Otlp.gzip(json(LIMIT))).status().code())
                .isEqualTo(200);
        var refused = Otlp.post(client, headers, Otlp.gzip(json(LIMIT + 1)));
        assertThat(refused.status().code()).isEqualTo(413);
        assertThat(refused.headers().get("retry-after")).isNull();
    }

    private static byte[] json(int bytes) {
        return ("{\"unknown\":\"" + "x".repeat(bytes - 14) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1c", "h2c"})
    void grpcMessage_atTheLimits_isTakenAndPastThemRefused(String protocol) {
        server = TestServer.limited(limits -> limits.withBodyBytes(LIMIT + 5).withDecompressedBytes(LIMIT));
        var client = server.client(protocol);
        var compressed = Otlp.grpc().set("grpc-encoding", "gzip");

        assertThat(grpc(Otlp.post(client, Otlp.grpc(), Otlp.frame(message(LIMIT), false))))
                .isEqualTo("0");
        assertThat(grpc(Otlp.post(client, Otlp.grpc(), Otlp.frame(message(LIMIT + 1), false))))
                .isEqualTo("8");
        assertThat(grpc(Otlp.post(client, compressed, Otlp.frame(Otlp.gzip(message(LIMIT)), true))))
                .isEqualTo("0");
        var tooLarge = Otlp.post(client, compressed, Otlp.frame(Otlp.gzip(message(LIMIT + 1)), true));
        assertThat(grpc(tooLarge)).isEqualTo("8");
        assertThat(tooLarge.headers().get("grpc-status-details-bin"))
                .as("not to be repeated")
                .isNull();
    }

    private static String grpc(AggregatedHttpResponse response) {
        return Otlp.grpcStatus(response);
    }

    @Test
    void trace_largerThanTheQueue_isStoredInParts() {
        server = TestServer.limited(limits -> limits.withQueueBytes(1 << 20));
        var spans =
                IntStream.range(1, 9).mapToObj(number -> large(number, 400_000)).toArray(Span[]::new);

        var answer = Otlp.post(
                server.client("h2c"), Otlp.http(), OtlpSpans.request(spans).toByteArray());

        assertThat(answer.status().code()).isEqualTo(200);
        assertThat(Otlp.answer(answer).hasPartialSuccess()).isFalse();
        assertThat(server.store.trace(TestServer.WORKSPACE, TRACE, Deadline.after(Duration.ofSeconds(30))))
                .hasSize(8);
    }

    @Test
    void span_largerThanTheQueue_isRejectedAlone() {
        server = TestServer.limited(limits -> limits.withQueueBytes(1 << 20));
        var request = OtlpSpans.request(large(1, 1_000), large(2, 1 << 20), large(3, 1_000));

        var answer = Otlp.answer(Otlp.post(server.client("h2c"), Otlp.http(), request.toByteArray()));

        assertThat(answer.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
        assertThat(answer.getPartialSuccess().getErrorMessage())
                .contains("Span 0000000000000002", "more than the buffer can ever hold");
    }

    private static Span large(int number, int characters) {
        return OtlpSpans.span(
                TRACE,
                "%016x".formatted(number),
                "large",
                Map.of("ctrlplane.workspace_id", TestServer.WORKSPACE.toString(), "text", "x".repeat(characters)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1c", "h2c"})
    void headers_pastTheLimit_areRefused(String protocol) {
        server = TestServer.limited(limits -> limits.withHeaderBytes(2_048));
        var client = server.client(protocol);

        var fits = Otlp.export(client, Otlp.http().set("x-padding", "x".repeat(1_000)));
        assertThat(fits.status().code()).isEqualTo(200);
        var tooLarge = Otlp.http().set("x-padding", "x".repeat(3_000));
        assertThat(outcome(client.execute(tooLarge.build(), HttpData.empty()))).isIn("431", "refused");
    }

    private static String outcome(HttpResponse response) {
        return response.aggregate()
                .handle((answer, failure) -> failure == null ? answer.status().codeAsText() : "refused")
                .join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1c", "h2c"})
    void requestsInFlight_pastTheLimit_areRefusedUntilOneIsAnswered(String protocol) {
        server = TestServer.limited(limits -> limits.withRequestsInFlight(2));
        var client = server.client(protocol);
        var first = HttpRequest.streaming(Otlp.http().build());
        var second = HttpRequest.streaming(Otlp.grpc().build());
        var answers = new CompletableFuture<?>[] {
            client.execute(first).aggregate(), client.execute(second).aggregate()
        };
        Await.until(() -> metric("deploytrace_requests_in_flight 2.0"));

        assertTooMany();
        first.close();
        answers[0].join();
        Await.until(() -> metric("deploytrace_requests_in_flight 1.0"));
        assertThat(Otlp.export(client, Otlp.http()).status().code()).isEqualTo(200);
        second.abort();
    }

    private void assertTooMany() {
        var http = Otlp.export(server.client("h2c"), Otlp.http());
        assertThat(http.status().code()).isEqualTo(429);
        assertThat(http.headers().get("retry-after")).isEqualTo("1");
        var grpc = Otlp.export(server.client("h2c"), Otlp.grpc());
        assertThat(grpc(grpc)).isEqualTo("8");
        assertThat(RetryDetails.seconds(grpc)).isEqualTo(1);
        assertThat(server.client("h2c")
                        .get("/health/live")
                        .aggregate()
                        .join()
                        .status()
                        .code())
                .isEqualTo(200);
    }

    private boolean metric(String line) {
        return server.client("h2c")
                .get("/metrics")
                .aggregate()
                .join()
                .contentUtf8()
                .lines()
                .anyMatch(line::equals);
    }
}
