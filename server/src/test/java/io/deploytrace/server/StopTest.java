package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import io.deploytrace.testkit.Await;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is told to stop finishes what it has begun. */
@Timeout(60)
class StopTest {

    @ParameterizedTest
    @ValueSource(strings = {"h1c", "h2c"})
    void requestInFlight_isAnsweredAndStored_whileNewOnesAreRefused(String protocol) {
        try (var server = TestServer.start()) {
            var request = HttpRequest.streaming(Otlp.http().build());
            var answer = server.client(protocol).execute(request).aggregate();
            Await.until(() -> metrics(server).contains("\ndeploytrace_requests_in_flight 1.0"));

            var stopped = CompletableFuture.runAsync(server::close);
            Await.until(() -> isRefused(server));
            assertThat(stopped).as("waits for the request").isNotDone();
            request.write(HttpData.wrap(Otlp.span().toByteArray()));
            request.close();

            assertThat(answer.join().status().code()).isEqualTo(200);
            stopped.join();
            assertThat(server.traces(TestServer.WORKSPACE)).isEqualTo(1);
        }
    }

    private static String metrics(TestServer server) {
        return server.client("h1c").get("/metrics").aggregate().join().contentUtf8();
    }

    private static boolean isRefused(TestServer server) {
        return server.client("h1c")
                .get("/health/ready")
                .aggregate()
                .handle((answer, failure) -> failure != null || answer.status().code() == 503)
                .join();
    }
}
