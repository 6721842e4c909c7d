package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.SpanWriter;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When something breaks, the client is told what to do and nothing else. */
class FailureTest {

    private static final String SECRETS = "SELECT * FROM api_key at io.deploytrace.Secret.java";

    private static SpanWriter failing(Reason reason) {
        return (spans, deadline) -> {
            throw new SpanStoreException(reason, SECRETS, new IllegalStateException(SECRETS));
        };
    }

    private static DeploytraceServer start(DeploytraceServerBuilder settings) throws IOException {
        var server = settings.port(0)
                .limits(ServerLimits.DEFAULTS.withRequestTimeout(Duration.ofSeconds(2)))
                .build();
        server.start();
        return server;
    }

    private static WebClient client(DeploytraceServer server) {
        return WebClient.of("h2c://127.0.0.1:" + server.port());
    }

    private static void assertSafe(AggregatedHttpResponse answer) {
        var all = answer.headers() + answer.contentUtf8() + answer.trailers();
        assertThat(all).doesNotContainIgnoringCase("select", "io.deploytrace", "java", "armeria", "netty", "exception");
        assertThat(answer.headers().get("server")).isNull();
    }

    @Test
    void storeThatIsAway_isToBeTriedAgain() throws IOException {
        try (var server = start(DeploytraceServer.builder(failing(Reason.UNAVAILABLE)))) {
            var http = Otlp.export(client(server), Otlp.http());
            assertThat(http.status().code()).isEqualTo(503);
            assertThat(http.headers().get("retry-after")).isEqualTo("1");
            assertSafe(http);

            var grpc = Otlp.export(client(server), Otlp.grpc());
            assertThat(Otlp.grpcStatus(grpc)).isEqualTo("14");
            assertThat(RetryDetails.seconds(grpc)).isEqualTo(1);
            assertSafe(grpc);
        }
    }

    @Test
    void storeThatBreaks_isNotExplained() throws IOException {
        for (var writer : List.of(failing(Reason.OTHER), (SpanWriter) (spans, deadline) -> {
            throw new IllegalStateException(SECRETS);
        })) {
            try (var server = start(DeploytraceServer.builder(writer))) {
                var http = Otlp.export(client(server), Otlp.http());
                var grpc = Otlp.export(client(server), Otlp.grpc());
                assertThat(http.status().code()).isEqualTo(500);
                assertThat(Otlp.grpcStatus(grpc)).isEqualTo("13");
                assertSafe(http);
                assertSafe(grpc);
            }
        }
    }

    /** What PostgreSQL says may hold values, and names its tables. */
    @Test
    void spanThatTheDatabaseCannotHold_isRejectedInOurWords() throws IOException {
        SpanWriter writer = (spans, deadline) -> {
            var cause = new SQLException("ERROR: " + SECRETS, "22P05");
            throw new SpanStoreException(
                    Reason.INVALID_SPAN,
                    "The database can't hold one of the values. The database said: " + SECRETS,
                    cause);
        };
        try (var server = start(DeploytraceServer.builder(writer))) {
            for (var headers : List.of(Otlp.http(), Otlp.grpc())) {
                var answer = Otlp.export(client(server), headers);
                assertThat(Otlp.answer(answer).getPartialSuccess().getErrorMessage())
                        .endsWith(": the database can't hold one of its values. The server's log says more.");
                assertSafe(answer);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"UNAVAILABLE, 503", "DEADLINE_PASSED, 503", "NOT_READY, 503", "OTHER, 500"})
    void keysThatCannotBeChecked_areToBeTriedAgainWhereThatMayHelp(Reason reason, int status) throws IOException {
        var broken = new BrokenKeys(new SpanStoreException(reason, SECRETS));
        try (var server = start(DeploytraceServer.builder(failing(Reason.OTHER)).apiKeys(broken))) {
            var headers = Otlp.http().set("authorization", "Bearer dt_abcdefgh_key");
            var answer = Otlp.export(client(server), headers);

            assertThat(answer.status().code()).isEqualTo(status);
            assertThat(answer.headers().contains("retry-after")).isEqualTo(status == 503);
            assertSafe(answer);
        }
    }

    @Test
    void defectWhereKeysAreChecked_isNotExplained() throws IOException {
        var broken = new BrokenKeys(new IllegalStateException(SECRETS));
        try (var server = start(DeploytraceServer.builder(failing(Reason.OTHER)).apiKeys(broken))) {
            var answer = Otlp.export(client(server), Otlp.http().set("authorization", "Bearer dt_abcdefgh_key"));

            assertThat(answer.status().code()).isEqualTo(500);
            assertSafe(answer);
        }
    }

    @Test
    void everyAnswer_tellsBrowsersWhatNotToDo() {
        try (var server =
                TestServer.limited(limits -> limits.withBodyBytes(2_000).withHeaderBytes(2_000))) {
            var client = server.client("h1c");
            Stream.of(
                            client.get("/health/live").aggregate().join(),
                            client.get("/nothing").aggregate().join(),
                            client.get("/v1/traces").aggregate().join(),
                            Otlp.post(client, Otlp.http(), new byte[3_000]),
                            Otlp.export(client, Otlp.http().set("authorization", "Bearer wrong")),
                            Otlp.export(client, Otlp.http().set("x-long", "x".repeat(3_000))),
                            Otlp.export(client, Otlp.http()))
                    .forEach(FailureTest::assertHeaders);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1",
                "nonsense",
                "GET /nothing HTTP/9.9",
                "TRACE /metrics HTTP/1.1",
                "CONNECT a:1 HTTP/1.1"
            })
    void requestThatCannotBeRead_isRefusedAsSafely(String line) throws IOException {
        try (var server = TestServer.start();
                var client = new RawConnection(server.port())) {
            client.send(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            var answer = client.rest();
            assertThat(answer).startsWith("HTTP/1.1 4").contains("application/problem+json");
            assertThat(answer).doesNotContainIgnoringCase("io.deploytrace", "java", "armeria", "netty", "exception");
            SecurityHeaders.HEADERS.forEach((name, value) -> assertThat(answer).contains(name + ": " + value));
        }
    }

    private static void assertHeaders(AggregatedHttpResponse answer) {
        SecurityHeaders.HEADERS.forEach(
                (name, value) -> assertThat(answer.headers().get(name))
                        .as("%s of %s", name, answer.status())
                        .isEqualTo(value));
        assertSafe(answer);
    }
}
