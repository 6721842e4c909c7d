package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.InMemorySpanStore;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that is slower than the senders, so that the queue before it is full. */
@Timeout(60)
class FullQueueTest {

    private static final long QUEUE_BYTES = 1 << 20;
    private static final int MORE_THAN_HALF = 700_000;

    private final SlowStore store = new SlowStore();

    /** Stores nothing until it may. */
    private static final class SlowStore implements SpanWriter {

        private final InMemorySpanStore store = new InMemorySpanStore();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch may = new CountDownLatch(1);

        SlowStore() {
            store.addWorkspace(TestServer.WORKSPACE);
        }

        @Override
        public WriteResult write(Collection<Span> spans, Deadline deadline) {
            begun.countDown();
            try {
                may.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return store.write(spans, deadline);
        }
    }

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
