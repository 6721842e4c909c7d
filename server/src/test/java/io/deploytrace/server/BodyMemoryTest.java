package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import io.deploytrace.testkit.Await;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the bodies of all requests take together is bounded. */
@Timeout(60)
class BodyMemoryTest {

    private static final int LIMIT = 1 << 20;
    private static final String BYTES = "\ndeploytrace_requests_in_flight_bytes ";

    @Test
    void bodiesThatFillTheMemory_letOthersBeRefusedUntilTheirClientsAreGone() throws IOException {
        try (var server = TestServer.limited(limits -> limits.withBytesInFlight(LIMIT))) {
            var client = server.client("h2c");
            try (var slow = new RawConnection(server.port())) {
                slow.send("POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + LIMIT + "\r\n\r\n" + "x".repeat(LIMIT - 100_000));
                Await.until(() -> metrics(client).contains(BYTES + "948576.0"));

                assertTooMany(client);
            }
            Await.until(() -> metrics(client).contains(BYTES + "0.0"));
            assertThat(send(client, Otlp.http(), 200_000).status().code()).isEqualTo(200);
        }
    }

    private static void assertTooMany(WebClient client) {
        var compressed = Otlp.http().set("content-encoding", "gzip");
        for (var refused : new AggregatedHttpResponse[] {
            send(client, Otlp.http(), 200_000), Otlp.post(client, compressed, Otlp.gzip(message(200_000)))
        }) {
            assertThat(refused.status().code()).isEqualTo(429);
            assertThat(refused.headers().get("retry-after")).isEqualTo("1");
        }
        var grpc = Otlp.post(client, Otlp.grpc(), Otlp.frame(message(200_000), false));
        assertThat(Otlp.grpcStatus(grpc)).isEqualTo("8");
        assertThat(RetryDetails.seconds(grpc)).isEqualTo(1);
        assertThat(send(client, Otlp.http(), 1_000).status().code())
                .as("fits beside")
                .isEqualTo(200);
    }

    private static AggregatedHttpResponse send(WebClient client, RequestHeadersBuilder headers, int bytes) {
        return Otlp.post(client, headers, message(bytes));
    }

    private static byte[] message(int padding) {
        return Otlp.span(TestServer.WORKSPACE.toString(), padding).toByteArray();
    }

    private static String metrics(WebClient client) {
        return client.get("/metrics").aggregate().join().contentUtf8();
    }

    @Test
    void request_thatNeverFits_isTooLarge() {
        try (var server = TestServer.limited(limits -> limits.withBytesInFlight(LIMIT))) {
            var refused = send(server.client("h2c"), Otlp.http(), LIMIT);

            assertThat(refused.status().code()).isEqualTo(413);
            assertThat(refused.headers().get("retry-after")).isNull();
        }
    }

    /** A hundred times as large in memory as in the body. */
    @Test
    void emptyMessages_countAsWhatTheyTakeInMemory() {
        try (var server = TestServer.limited(limits -> limits.withBytesInFlight(8 * LIMIT))) {
            for (var protocol : List.of("h1c", "h2c")) {
                var client = server.client(protocol);
                assertThat(statuses(client, 10_000)).containsOnly("200", "0");
                assertThat(statuses(client, 100_000)).containsOnly("413", "8");
            }
            assertThat(metrics(server.client("h2c"))).contains(BYTES + "0.0");
        }
    }

    /** Of requests with so many empty attributes, in each encoding, compressed or not. */
    private static List<String> statuses(WebClient client, int messages) {
        var json = ("{\"resourceSpans\":[{\"resource\":{\"attributes\":[" + "{},".repeat(messages) + "{}]}}]}")
                .getBytes(StandardCharsets.UTF_8);
        var resource =
                Resource.newBuilder().addAllAttributes(Collections.nCopies(messages, KeyValue.getDefaultInstance()));
        var protobuf = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder().setResource(resource))
                .build()
                .toByteArray();
        var statuses = new ArrayList<String>();
        for (var compressed : List.of(false, true)) {
            for (var type : List.of("application/json", "application/x-protobuf")) {
                var body = type.endsWith("json") ? json : protobuf;
                var headers =
                        Otlp.http().set("content-type", type).set("content-encoding", compressed ? "gzip" : "identity");
                statuses.add(Otlp.post(client, headers, compressed ? Otlp.gzip(body) : body)
                        .status()
                        .codeAsText());
            }
            var headers = Otlp.grpc().set("grpc-encoding", compressed ? "gzip" : "identity");
            var message = Otlp.frame(compressed ? Otlp.gzip(protobuf) : protobuf, compressed);
            statuses.add(Otlp.grpcStatus(Otlp.post(client, headers, message)));
        }
        return statuses;
    }

    @Test
    void share_countsADecompressedBodyOnce_andGivesAllBack() {
        var memory = new BodyMemory(100, 60);
        var first = memory.share();
        var second = memory.share();
        first.received(30);
        first.decompressed(10);
        first.decompressed(50);
        first.decompressed(10);
        assertThat(memory.taken()).isEqualTo(80);
        second.received(20);

        assertThat(status(() -> second.received(1))).isEqualTo(429);
        assertThat(status(() -> first.decompressed(61))).isEqualTo(413);
        assertThat(memory.taken()).isEqualTo(100);
        first.release();
        first.received(99);
        first.messages(1);
        assertThat(memory.taken()).isEqualTo(20);
        assertThat(status(() -> second.received(81))).as("more than there is").isEqualTo(413);
        second.received(80);
        second.release();
        assertThat(memory.taken()).isZero();
    }

    private static int status(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(RefusedException.class, call)
                .refusal()
                .status()
                .code();
    }
}
