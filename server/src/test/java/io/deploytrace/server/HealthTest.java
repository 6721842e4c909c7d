package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpStatus;
import io.deploytrace.store.InMemorySpanStore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HealthTest {

    @Test
    void readiness_followsTheStore_andLivenessDoesNot() throws Exception {
        var ready = new AtomicBoolean();
        try (var server = DeploytraceServer.builder(new InMemorySpanStore())
                .port(0)
                .readiness(ready::get)
                .build()) {
            server.start();
            var client = WebClient.of(server.url());

            assertThat(status(client, "/health/live")).isEqualTo(HttpStatus.OK);
            assertThat(status(client, "/health/ready")).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
            ready.set(true);
            assertThat(status(client, "/health/ready")).isEqualTo(HttpStatus.OK);
        }
    }

    private static HttpStatus status(WebClient client, String path) {
        return client.get(path).aggregate().join().status();
    }
}
