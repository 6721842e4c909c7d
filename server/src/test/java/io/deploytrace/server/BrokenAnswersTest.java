package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import io.deploytrace.server.api.Answer;
import io.deploytrace.testkit.Await;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long answers that end too early have the status of those that don't, and are counted apart. */
class BrokenAnswersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ServerMetrics metrics = new ServerMetrics();
    private final Server server = Server.builder()
            .service("/whole", pieces(() -> new ArrayDeque<>(List.of(new byte[1]))::poll))
            .service("/endless", pieces(() -> () -> new byte[1 << 16]))
            .service("/broken", pieces(() -> () -> {
                throw new IllegalStateException("The database is away");
            }))
            .decorator(delegate -> delegate.decorate(metrics))
            .build();

    /** The rest of an answer, null at its end. */
    private interface Rest {
        byte[] next();
    }

    private interface Rests {
        Rest begin();
    }

    private static HttpService pieces(Rests rests) {
        var failures = new FailureLog((level, line, cause) -> {}, (delay, task) -> {});
        return (context, request) -> {
            var rest = rests.begin();
            Answer.Pieces pieces = deadline -> rest.next();
            return new PieceByPiece(context, context.blockingTaskExecutor(), pieces, PATIENCE, PATIENCE, failures)
                    .response(ResponseHeaders.of(200), new byte[1]);
        };
    }

    @BeforeEach
    void start() {
        server.start().join();
    }

    @AfterEach
    void stop() {
        server.stop().join();
    }

    private double brokenOff() {
        return metrics.registry()
                .get("deploytrace.answers.broken.off")
                .counter()
                .count();
    }

    private void awaitRequests(int count) {
        Await.until(() -> metrics.registry().find("deploytrace.requests").timers().stream()
                        .mapToLong(timer -> timer.count())
                        .sum()
                == count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1c", "h2c"})
    void answerThatBreaksOff_isCounted_andOneThatDoesNotIsNot(String protocol) {
        var client = WebClient.of(protocol + "://127.0.0.1:" + server.activeLocalPort());

        assertThat(client.get("/whole").aggregate().join().content().length()).isEqualTo(2);
        awaitRequests(1);
        assertThat(brokenOff()).isZero();
        assertThatThrownBy(() -> client.get("/broken").aggregate().join()).isInstanceOf(CompletionException.class);
        awaitRequests(2);

        assertThat(brokenOff()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1c", "h2c"})
    void clientThatLeaves_breaksNothingOff(String protocol) throws Exception {
        try (var client = new RawConnection(server.activeLocalPort())) {
            client.get(protocol, "/endless");
            assertThat(client.read()).isNotNegative();
        }
        awaitRequests(1);

        assertThat(brokenOff()).isZero();
    }
}
