package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gRPC client that waits less than the server would is answered in its time. */
@Timeout(60)
class GrpcTimeoutTest {

    private static final Duration MOST = Duration.ofHours(1);

    @ParameterizedTest
    @CsvSource({
        "0n, PT0S",
        "7n, PT0.000000007S",
        "7u, PT0.000007S",
        "7m, PT0.007S",
        "10S, PT10S",
        "59M, PT59M",
        "1H, PT1H"
    })
    void timeout_inEachUnit_isTaken(String timeout, Duration expected) {
        assertThat(atMost(timeout)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"61M", "99999999H"})
    void timeout_beyondTheServers_isTheServers(String timeout) {
        assertThat(atMost(timeout)).isEqualTo(MOST);
    }

    private static Duration atMost(String timeout) {
        return GrpcTimeout.atMost(MOST, Otlp.grpc().set("grpc-timeout", timeout).build());
    }

    @Test
    void timeout_ofNoGrpcRequest_isIgnored() {
        var headers = Otlp.http().set("grpc-timeout", "1n").build();

        assertThat(GrpcTimeout.atMost(MOST, headers)).isEqualTo(MOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S", "10", "10s", "-1S", "1.5S", "123456789S", "10 S"})
    void timeout_thatIsNone_isRefused(String timeout) {
        try (var server = TestServer.start()) {
            var answer = Otlp.export(server.client("h2c"), Otlp.grpc().set("grpc-timeout", timeout));

            assertThat(Otlp.grpcStatus(answer)).isEqualTo("3");
            assertThat(answer.headers().get("grpc-message")).startsWith("The grpc-timeout must be 1 to 8 digits");
        }
    }

    @Test
    void call_ofAClientThatWaitsLess_isAnsweredInItsTime() throws IOException {
        var store = new SlowStore();
        var limits = ServerLimits.DEFAULTS.withRequestTimeout(MOST);
        try (var server =
                DeploytraceServer.builder(store).port(0).limits(limits).build()) {
            server.start();
            var client = WebClient.builder("h2c://127.0.0.1:" + server.port())
                    .responseTimeoutMillis(0)
                    .build();

            var answer = Otlp.export(client, Otlp.grpc().set("grpc-timeout", "50m"));

            assertThat(Otlp.grpcStatus(answer)).isEqualTo("14");
            store.may.countDown();
        }
    }
}
