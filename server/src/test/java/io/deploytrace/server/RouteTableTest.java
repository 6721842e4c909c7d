package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.Server;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RouteTableTest {

    @Test
    void routesOfTheServer_areThoseOfTheTable() {
        try (var server = TestServer.start()) {
            var served = server.server.routes().stream()
                    .map(path -> path.replaceAll(":([a-zA-Z]+)", "{$1}"))
                    .toList();

            assertThat(served)
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.of(Route.values()).map(Route::path).collect(Collectors.toSet()));
            assertThat(Stream.of(Route.values()).map(Route::path))
                    .allSatisfy(
                            path -> assertThat(Route.of(path)).map(Route::path).contains(path));
        }
    }

    @Test
    void routeWithoutARow_isRefused() {
        var failures = new FailureLog((level, line, cause) -> {}, (delay, task) -> {});
        var authentication = new Authentication(false, null, null, Runnable::run, Runnable::run, failures);
        var lane = Lane.of(1, Duration.ofSeconds(10));
        var gate = new Gate(authentication, lane, lane, lane);
        try (var server = Server.builder()
                .service("/forgotten", (context, request) -> HttpResponse.of("a secret"))
                .decorator(delegate -> delegate.decorate(gate))
                .errorHandler(new ServerErrors(1_024, failures))
                .build()) {
            server.start().join();
            var client = WebClient.of("http://127.0.0.1:" + server.activeLocalPort());

            var response = client.get("/forgotten").aggregate().join();

            assertThat(response.status()).isEqualTo(HttpStatus.FORBIDDEN);
            assertThat(response.contentUtf8()).doesNotContain("secret");
        }
    }
}
