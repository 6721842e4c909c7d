package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.WebClient;
import io.deploytrace.store.InMemorySpanStore;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartTest {

    private static DeploytraceServerBuilder settings() {
        return DeploytraceServer.builder(new InMemorySpanStore()).port(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void serverThatOthersReach_mustAskForCredentials(String host) {
        assertThatThrownBy(() -> settings().host(host).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("On " + host + " others can reach the server, and --auth none would let them all in. Use"
                        + " --auth required, or listen on 127.0.0.1.");
        settings().host(host).authenticationRequired(true).check();
    }

    @Test
    void unknownHost_isNamed() {
        assertThatThrownBy(() -> settings().host("nowhere.invalid").check())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no host named nowhere.invalid.");
    }

    @Test
    void portThatIsTaken_isNamed() throws IOException {
        try (var first = settings().build()) {
            first.start();
            try (var second = settings().port(first.port()).build()) {
                assertThatThrownBy(second::start)
                        .isInstanceOf(IOException.class)
                        .hasMessage("The server can't listen on 127.0.0.1:" + first.port()
                                + ": the address is taken. Choose another with --port.");
            }
        }
    }

    @Test
    void readiness_followsTheStore_andLivenessDoesNot() throws IOException {
        var ready = new AtomicBoolean();
        try (var server = settings().readiness(ready::get).build()) {
            server.start();
            var client = WebClient.of(server.url());

            assertThat(status(client, "/health/live")).isEqualTo(200);
            assertThat(status(client, "/health/ready")).isEqualTo(503);
            ready.set(true);
            assertThat(status(client, "/health/ready")).isEqualTo(200);
        }
    }

    private static int status(WebClient client, String path) {
        return client.get(path).aggregate().join().status().code();
    }
}
