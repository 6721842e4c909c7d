package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.testkit.RawServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A send ends within its patience whatever the network does, and keeps the spans. */
@Timeout(60)
class SpanSenderFailuresTest {

    private static final Duration PATIENCE = Duration.ofMillis(700);
    private static final List<UnsentSpan> TWO = Sending.spans(2);

    private static Delivery away(String url, String why) {
        return Delivery.failed(TWO, "the server at " + url + " can't be reached: " + why + ".", true);
    }

    private static void assertIsLeft(RawServer.Conversation conversation) throws IOException {
        try (var server = RawServer.start(conversation)) {
            var begin = System.nanoTime();
            var delivery = Sending.to(server.url()).send(TWO, PATIENCE);
            var took = Duration.ofNanos(System.nanoTime() - begin);

            assertThat(delivery).isEqualTo(away(server.url(), "it didn't answer in time"));
            assertThat(took).isBetween(PATIENCE.minusMillis(100), PATIENCE.plusSeconds(1));
        }
    }

    @Test
    void send_connectionRefused_isAway() throws Exception {
        var gone = RawServer.start(client -> {});
        gone.close();

        assertThat(Sending.to(gone.url()).send(TWO, Sending.PATIENCE))
                .isEqualTo(away(gone.url(), "Connection refused"));
    }

    @Test
    void send_hostThatHasNoAddress_isAway() {
        assertThat(Sending.to("http://deploytrace.invalid").send(TWO, Sending.PATIENCE))
                .isEqualTo(away("http://deploytrace.invalid", "there is no host of that name"));
    }

    @Test
    void send_serverThatNeverAnswers_isLeftAfterThePatience() throws Exception {
        assertIsLeft(RawServer::awaitEnd);
    }

    @Test
    void send_answerThatComesByteByByteForever_isLeftAfterThePatience() throws Exception {
        assertIsLeft(client -> {
            RawServer.readRequest(client);
            RawServer.write(client, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{\"a\":\"");
            trickle(client);
        });
    }

    @Test
    void send_headThatComesByteByByteForever_isLeftAfterThePatience() throws Exception {
        assertIsLeft(client -> {
            RawServer.readRequest(client);
            RawServer.write(client, "HTTP/1.1 200 OK\r\nX-Endless: ");
            trickle(client);
        });
    }

    /** One byte whenever the other side would nearly lose its patience, as a read timeout doesn't notice. */
    private static void trickle(Socket client) throws IOException {
        client.setSoTimeout(100);
        while (true) {
            RawServer.write(client, "x");
            try {
                if (client.getInputStream().read() < 0) {
                    return;
                }
            } catch (java.net.SocketTimeoutException stillThere) {
                // And the next byte.
            }
        }
    }

    @Test
    void send_serverThatClosesWithoutAnAnswer_isAway() throws Exception {
        try (var server = RawServer.start(RawServer::readRequest)) {
            assertThat(Sending.to(server.url()).send(TWO, Sending.PATIENCE))
                    .isEqualTo(away(server.url(), "Unexpected end of file from server"));
        }
    }

    @Test
    void send_whatSpeaksAnotherProtocol_isAway() throws Exception {
        try (var server = RawServer.start(client -> {
            RawServer.readRequest(client);
            RawServer.write(client, "SSH-2.0-OpenSSH_9.2p1\r\n\r\n");
        })) {
            assertThat(Sending.to(server.url()).send(TWO, Sending.PATIENCE))
                    .isEqualTo(away(server.url(), "Invalid Http response"));
        }
    }

    @Test
    void send_answerOfAHundredMegabytes_costsNoMemory() throws Exception {
        var written = new AtomicLong();
        try (var server = RawServer.start(client -> {
            RawServer.readRequest(client);
            RawServer.write(client, "HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n{\"a\":\"");
            writeUpTo(client, 100_000_000 - 6, written);
        })) {
            assertThat(Sending.to(server.url()).send(TWO, Sending.PATIENCE))
                    .isEqualTo(new Delivery(TWO, 0, 0, null, false));
        }
        assertThat(written.get()).isLessThan(50_000_000);
    }

    private static void writeUpTo(Socket client, long bytes, AtomicLong written) throws IOException {
        var chunk = "x".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        while (written.get() < bytes) {
            client.getOutputStream().write(chunk);
            written.addAndGet(chunk.length);
        }
    }

    @Test
    void send_interruptedThread_keepsTheSpansAndStaysInterrupted() throws Exception {
        try (var server = RawServer.start(RawServer::awaitEnd)) {
            Thread.currentThread().interrupt();
            var delivery = Sending.to(server.url()).send(TWO, Sending.PATIENCE);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(delivery).isEqualTo(away(server.url(), "the command was interrupted"));
        }
    }
}
