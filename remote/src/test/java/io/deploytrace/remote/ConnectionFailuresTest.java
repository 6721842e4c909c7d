package io.deploytrace.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.RawServer;
import io.deploytrace.testkit.RawServer.Conversation;
import io.deploytrace.vocabulary.AttributeKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call ends by its deadline whatever the network does, and says whether it can have taken effect. */
@Timeout(60)
class ConnectionFailuresTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(3);
    private static final Duration AT_MOST = Duration.ofSeconds(5);
    private static final String NOTHING = " Nothing was written.";
    private static final String UNKNOWN =
            " The call may or may not have taken effect. Make it again; repeating it is safe.";

    private final List<Span> trace = new Fixtures(1).completeWorkflow(UUID.randomUUID(), "api");

    private static SpanStoreException failure(RemoteSpanWriter writer, List<Span> spans, Duration within) {
        var failure = catchThrowableOfType(SpanStoreException.class, () -> writer.write(spans, Deadline.after(within)));
        assertThat(failure).as("the call succeeded").isNotNull();
        assertThat(failure.isRetryable()).isTrue();
        return failure;
    }

    private SpanStoreException failure(URI server) {
        return failure(RemoteSpanWriter.builder(server).build(), trace, Duration.ofMinutes(1));
    }

    private void assertPassesDeadline(RemoteSpanWriter writer, URI server) {
        assertPassesDeadline(writer, trace, server, SHORT);
    }

    private static void assertPassesDeadline(RemoteSpanWriter writer, List<Span> spans, URI server, Duration deadline) {
        var begin = System.nanoTime();
        var failure = failure(writer, spans, deadline);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(deadline, deadline.plus(AT_MOST));
        assertThat(failure.reason()).isEqualTo(Reason.DEADLINE_PASSED);
        assertThat(failure).hasMessage("The deadline passed before the server at " + server + " answered." + UNKNOWN);
    }

    @Test
    void write_serverThatIsNotThere_isUnavailable() throws Exception {
        var gone = RawServer.start(client -> {});
        gone.close();

        var failure = failure(gone.uri());

        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure)
                .message()
                .matches("The server at " + gone.uri() + " can't be reached: (it accepts no connection|Connection"
                        + " refused)\\. Start it, or give the writer the address where it listens\\." + NOTHING);
    }

    @Test
    void write_hostThatHasNoAddress_isUnavailable() {
        var failure = failure(URI.create("https://deploytrace.invalid:8090"));

        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure)
                .hasMessageStartingWith("The server at https://deploytrace.invalid:8090 can't be reached: its host name"
                        + " can't be resolved.")
                .hasMessageEndingWith(NOTHING);
    }

    /** A listener whose queue is full leaves the handshake of further connections without an answer. */
    @Test
    void write_networkThatSwallowsConnections_failsAfterTheConnectTimeoutOrTheDeadline() throws Exception {
        var waiting = new ArrayList<Socket>();
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(full, waiting);
            var uri = URI.create("http://127.0.0.1:" + full.getLocalPort());

            assertPassesDeadline(RemoteSpanWriter.builder(uri).build(), uri);
            var impatient = RemoteSpanWriter.builder(uri).connectTimeout(SHORT).build();
            var failure = failure(impatient, trace, Duration.ofMinutes(1));
            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure)
                    .hasMessageContaining("can't be reached: HTTP connect timed out")
                    .hasMessageEndingWith(NOTHING);
        } finally {
            for (var socket : waiting) {
                socket.close();
            }
        }
    }

    private static void fill(ServerSocket listener, List<Socket> waiting) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        try {
            while (waiting.size() < 100) {
                var socket = new Socket();
                waiting.add(socket);
                socket.connect(address, 200);
            }
        } catch (java.net.SocketTimeoutException full) {
            return;
        }
        throw new AssertionError("The queue of connections is never full on this system.");
    }

    @Test
    void write_serverThatNeverAnswers_endsAtTheDeadlineAndGivesTheConnectionUp() throws Exception {
        var givenUp = new CountDownLatch(1);
        try (var server = RawServer.start(client -> {
            RawServer.readRequest(client);
            awaitEnd(client);
            givenUp.countDown();
        })) {
            assertPassesDeadline(RemoteSpanWriter.builder(server.uri()).build(), server.uri());

            assertThat(givenUp.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void write_answerThatNeverEnds_endsAtTheDeadline() throws Exception {
        try (var server = RawServer.start(client -> {
            RawServer.readRequest(client);
            RawServer.write(
                    client, "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 9\r\n\r\n");
            awaitEnd(client);
        })) {
            assertPassesDeadline(RemoteSpanWriter.builder(server.uri()).build(), server.uri());
        }
    }

    @Test
    void write_serverThatDoesNotRead_endsAtTheDeadline() throws Exception {
        var attributes = Attributes.builder()
                .put(AttributeKeys.WORKSPACE_ID, UUID.randomUUID())
                .put("list", java.util.Collections.nCopies(12, "x".repeat(1_000_000)));
        var first = trace.get(0);
        var large = new Span(
                first.traceId(), first.spanId(), null, "x", first.startTime(), null, attributes.build(), List.of());
        var over = new CountDownLatch(1);
        try (var server = RawServer.start(client -> awaitUninterruptibly(over))) {
            var writer =
                    RemoteSpanWriter.builder(server.uri()).compression(false).build();

            assertPassesDeadline(writer, List.of(large), server.uri(), LONG);
        } finally {
            over.countDown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    private static void awaitEnd(Socket client) throws IOException {
        try {
            assertThat(client.getInputStream().read()).isNegative();
        } catch (java.net.SocketException reset) {
            // An end as well.
        }
    }

    @Test
    void write_connectionThatEndsBeforeTheAnswer_mayHaveTakenEffect() throws Exception {
        assertBreaks(RawServer::readRequest);
    }

    @Test
    void write_connectionThatIsReset_mayHaveTakenEffect() throws Exception {
        assertBreaks(client -> {
            RawServer.readRequest(client);
            client.setSoLinger(true, 0);
        });
    }

    @Test
    void write_answerThatIsCutOff_mayHaveTakenEffect() throws Exception {
        assertBreaks(client -> {
            RawServer.readRequest(client);
            RawServer.write(client, "HTTP/1.1 200 OK\r\nContent-Type: application/x-prot");
        });
        assertBreaks(client -> {
            RawServer.readRequest(client);
            RawServer.write(
                    client, "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 9\r\n\r\nx");
        });
    }

    @Test
    void write_answerThatIsNotHttp_mayHaveTakenEffect() throws Exception {
        assertBreaks(client -> {
            RawServer.readRequest(client);
            RawServer.write(client, "SSH-2.0-OpenSSH_9.2p1\r\n\r\n");
        });
    }

    private void assertBreaks(Conversation conversation) throws IOException {
        try (var server = RawServer.start(conversation)) {
            var failure = failure(server.uri());

            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure)
                    .hasMessageStartingWith(
                            "The connection to the server at " + server.uri() + " broke before it answered: ")
                    .hasMessageEndingWith(UNKNOWN);
        }
    }

    @Test
    void write_interruptedThread_isNotKeptFromWritingAndStaysInterrupted() throws Exception {
        try (var server = AnsweringServer.start()) {
            server.answer(AnsweringServer.Answer.stored("inserted=12,updated=0,unchanged=0"));
            var writer = RemoteSpanWriter.builder(server.uri()).build();

            Thread.currentThread().interrupt();
            var result = writer.write(trace, Deadline.after(Duration.ofMinutes(1)));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(result).isEqualTo(new WriteResult(12, 0, 0));
        }
    }
}
