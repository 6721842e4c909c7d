package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that hold on to a server are let go of. */
@Timeout(60)
class SlowClientsTest {

    private static final Duration BOUND = Duration.ofMillis(700);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final String POST =
            "POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\n";

    private static TestServer server() {
        return TestServer.limited(limits -> limits.withIdleTimeout(BOUND).withRequestTimeout(BOUND));
    }

    @Test
    void headersThatDribble_areCutOff() throws Exception {
        try (var server = server();
                var client = new RawConnection(server.port())) {
            client.send(POST);
            client.send("X-Slow: ");

            assertThat(client.dribble("x", PAUSE)).isEmpty();
        }
    }

    @Test
    void connectionWithoutARequest_isCutOff() throws Exception {
        try (var server = server();
                var client = new RawConnection(server.port())) {
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void prefaceOfHttp2_thatNeverEnds_isCutOff() throws Exception {
        try (var server = server();
                var client = new RawConnection(server.port())) {
            client.send("PRI * HTTP/2.0\r\n");

            assertThat(client.rest()).as("returns once the server has closed").doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void bodyThatDribbles_isAnsweredAndCutOff() throws Exception {
        try (var server = server();
                var client = new RawConnection(server.port())) {
            client.send(POST + "Content-Length: 100000\r\n\r\n");

            assertThat(client.dribble("x", PAUSE)).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void chunksThatDribble_areAnsweredAndCutOff() throws Exception {
        try (var server = server();
                var client = new RawConnection(server.port())) {
            client.send(POST + "Transfer-Encoding: chunked\r\n\r\n");

            assertThat(client.dribble("1\r\nx\r\n", PAUSE)).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void clientThatNeverReads_isCutOff() throws Exception {
        try (var server = server();
                var client = new RawConnection(server.port())) {
            var cutOff = new AtomicBoolean();
            var writer = new Thread(() -> write(client, cutOff));
            writer.start();

            Await.until(cutOff::get);
            writer.join();
        }
    }

    /** Asks for more than the sockets between hold, until the connection is gone. */
    private static void write(RawConnection client, AtomicBoolean cutOff) {
        try {
            while (true) {
                client.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100));
            }
        } catch (IOException closed) {
            cutOff.set(true);
        }
    }

    @Test
    void connectionsPastTheLimit_areClosed() throws Exception {
        try (var server = TestServer.limited(limits -> limits.withConnections(2));
                var first = new RawConnection(server.port());
                var second = new RawConnection(server.port())) {
            assertAnswered(first);
            assertAnswered(second);
            try (var third = new RawConnection(server.port())) {
                assertThat(third.rest()).isEmpty();
            }
            assertAnswered(first);
        }
    }

    private static void assertAnswered(RawConnection client) throws IOException {
        client.send("HEAD /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(client.head()).startsWith("HTTP/1.1 200 OK");
    }
}
