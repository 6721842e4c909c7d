package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that is told to stop doesn't wait for clients that do nothing. Each of them would have half a minute otherwise. */
class ServerStopBoundTest {

    private static final Duration BOUND = Duration.ofSeconds(15);
    private static final String IDLE = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String HALF =
            "POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 1000\r\n\r\n{";
    private static final byte[] IDLE_OVER_HTTP2 =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void closeSockets() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }

    private Socket connect(RunningServer server, byte[] sent) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream().write(sent);
        sockets.add(socket);
        return socket;
    }

    @Test
    void clientsThatDoNothing_doNotHoldUpAStop() throws Exception {
        var server = RunningServer.start(TestDatabase.createMigrated(), "--shutdown-timeout", "1s");
        for (var number = 0; number < 10; number++) {
            assertThat(connect(server, IDLE.getBytes(StandardCharsets.US_ASCII))
                            .getInputStream()
                            .read())
                    .isPositive();
            assertThat(connect(server, IDLE_OVER_HTTP2).getInputStream().read()).isNotNegative();
            connect(server, IDLE.replace("/health/live", "/metrics").repeat(100).getBytes(StandardCharsets.US_ASCII));
        }
        connect(server, HALF.getBytes(StandardCharsets.US_ASCII));
        Await.until(() -> Scrape.of(server.url()).sum("deploytrace_requests_in_flight") == 1);
        var before = Instant.now();

        server.terminate();

        assertThat(server.awaitEnd()).isZero();
        assertThat(Duration.between(before, Instant.now())).isLessThan(BOUND);
    }
}
