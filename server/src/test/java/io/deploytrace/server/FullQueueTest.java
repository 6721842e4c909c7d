package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that is slower than the senders, so that the queue before it is full. */
@Timeout(60)
class FullQueueTest {

    private static final long QUEUE_BYTES = 1 << 20;
    private static final int MORE_THAN_HALF = 700_000;

    private final SlowStore store = new SlowStore();

    private static AggregatedHttpResponse http(WebClient client) {
        return Otlp.post(client, Otlp.http(), large());
    }

    private static byte[] large() {
        return Otlp.span(TestServer.WORKSPACE.toString(), MORE_THAN_HALF).toByteArray();
    }

    @Test
    void request_withoutRoomInTheQueue_isToBeSentAgainLater() throws Exception {
        try (var server = start()) {
            var client = WebClient.builder("h2c://127.0.0.1:" + server.port())
                    .responseTimeoutMillis(0)
                    .build();
            var first =
                    client.execute(Otlp.http().build(), HttpData.wrap(large())).aggregate();
            store.begun.await();

            assertRefusedForNow(client);
            store.may.countDown();

            assertThat(first.join().status().code()).isEqualTo(200);
            assertThat(http(client).status().code()).isEqualTo(200);
        }
    }

    private static void assertRefusedForNow(WebClient client) {
        var http = http(client);
        assertThat(http.status().code()).isEqualTo(429);
        assertThat(http.headers().get("retry-after")).isEqualTo("1");
        var grpc = Otlp.post(client, Otlp.grpc(), Otlp.frame(large(), false));
        assertThat(Otlp.grpcStatus(grpc)).isEqualTo("8");
        assertThat(RetryDetails.seconds(grpc)).isEqualTo(1);
    }

    private DeploytraceServer start() throws IOException {
        var server = DeploytraceServer.builder(store)
                .port(0)
                .limits(ServerLimits.DEFAULTS.withQueueBytes(QUEUE_BYTES))
                .build();
        server.start();
        return server;
    }
}
