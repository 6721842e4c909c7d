package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.Server;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RouteTableTest {

    @Test
    void routesOfTheServer_areThoseOfTheTable() {
        try (var server = TestServer.start()) {
            var served = server.server.routes();

            assertThat(served)
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.of(Route.values()).map(Route::path).collect(Collectors.toSet()));
        }
    }

    @Test
    void routeWithoutARow_isRefused() {
        var authentication = new Authentication(false, null, null);
        var gate = new Gate(authentication, new RequestsInFlight(1), Runnable::run, ServerLimits.DEFAULTS);
        try (var server = Server.builder()
                .service("/forgotten", (context, request) -> HttpResponse.of("a secret"))
                .decorator(delegate -> delegate.decorate(gate))
                .errorHandler(new ServerErrors(1_024))
                .build()) {
            server.start().join();
            var client = WebClient.of("http://127.0.0.1:" + server.activeLocalPort());

            var response = client.get("/forgotten").aggregate().join();

            assertThat(response.status()).isEqualTo(HttpStatus.FORBIDDEN);
            assertThat(response.contentUtf8()).doesNotContain("secret");
        }
    }
}
