package io.deploytrace.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.deploytrace.remote.AnsweringServer.Answer;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.testkit.Fixtures;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each answer that isn't a success becomes a failure that says what happened and what to do. */
class AnswersTest {

    private static final String KEY = "dt_abcd1234_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private AnsweringServer server;

    @BeforeEach
    void start() throws Exception {
        server = AnsweringServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SpanStoreException failure(Answer answer) {
        server.answer(answer);
        var writer = RemoteSpanWriter.builder(server.uri()).key(KEY).build();
        var spans = new Fixtures(1).single(UUID.randomUUID());
        var failure = catchThrowableOfType(
                SpanStoreException.class, () -> writer.write(spans, Deadline.after(Duration.ofMinutes(1))));
        assertThat(failure).as("the answer was taken for a success").isNotNull();
        assertThat(failure).hasMessageContaining(server.uri().toString());
        assertThat(failure.toString()).doesNotContain(KEY);
        return failure;
    }

    private static Answer status(int status, String message) {
        var body = UnknownFieldSet.newBuilder()
                .addField(
                        2,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8(message))
                                .build())
                .build()
                .toByteString();
        return Answer.protobuf(status, body, Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "301 | NOT_READY   | sends the request on to elsewhere",
                "400 | OTHER       | refused the request.",
                "401 | NOT_READY   | Give the writer a key made by 'deploytrace key create --role write'.",
                "403 | NOT_READY   | doesn't let the key write.",
                "404 | NOT_READY   | takes no spans there.",
                "405 | NOT_READY   | takes no spans there.",
                "408 | UNAVAILABLE | can't store spans at the moment.",
                "413 | INVALID_SPAN | takes no request as large as that of these 1 spans.",
                "415 | NOT_READY   | doesn't take application/x-protobuf",
                "418 | OTHER       | refused the request.",
                "421 | NOT_READY   | start the server with '--allowed-host'.",
                "429 | OVERLOADED | has too much to do.",
                "431 | NOT_READY   | Raise the server's '--max-header-bytes'",
                "500 | OTHER       | refused the request.",
                "502 | UNAVAILABLE | can't store spans at the moment.",
                "503 | UNAVAILABLE | can't store spans at the moment.",
                "504 | UNAVAILABLE | can't store spans at the moment."
            })
    void write_answerOfAnError_failsWithReasonRemedyAndWhatTheServerSays(int status, Reason reason, String words) {
        var failure = failure(status(status, "what the server says."));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure)
                .hasMessageStartingWith("The server at " + server.uri() + " (status " + status + ") ")
                .hasMessageContaining(words)
                .hasMessageContaining(" It says: what the server says. ");
    }

    @ParameterizedTest
    @CsvSource({"429, 7", "503, 7"})
    void write_answerThatAsksToWait_saysHowLong(int status, String seconds) {
        var failure = failure(Answer.protobuf(status, ByteString.EMPTY, Map.of("Retry-After", seconds)));

        assertThat(failure).hasMessageContaining(" and asks to be left alone for 7 s.");
    }

    @Test
    void write_redirect_isNotFollowed() {
        var failure = failure(
                Answer.protobuf(308, ByteString.EMPTY, Map.of("Location", "https://elsewhere.example/v1/traces")));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_READY);
        assertThat(failure).hasMessageContaining("sends the request on to https://elsewhere.example/v1/traces");
        assertThat(server.received()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "conflict, CONFLICT",
        "unknown_workspace, UNKNOWN_WORKSPACE",
        "wrong_workspace, UNKNOWN_WORKSPACE",
        "invalid_span, INVALID_SPAN",
        "too_many_attributes, INVALID_SPAN",
        "a_word_of_tomorrow, INVALID_SPAN"
    })
    void write_rejectedSpans_failForTheServersReason(String word, Reason reason) {
        var failure = failure(Answer.rejected(word, "Span 7: wrong. Nothing was written."));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure)
                .hasMessage(
                        "The server at " + server.uri() + " refused the spans: Span 7: wrong. Nothing was written.");
    }

    @Test
    void write_messageOfTheServer_isShownOnOneLineAndCutOff() {
        var failure = failure(Answer.rejected("conflict", "first\r\n\u001b[31msecond" + "x".repeat(5_000)));

        assertThat(failure.getMessage())
                .contains("first   [31msecondxxx")
                .hasSizeLessThan(2_200)
                .endsWith("x…. Nothing was written.");
    }

    @Test
    void write_rejectionWithoutAReason_isNotOneOfOurServers() {
        assertForeign(failure(Answer.rejected("", "no")), "without the header deploytrace-rejection");
    }

    @Test
    void write_webPage_isNotOneOfOurServers() {
        var page =
                new Answer(200, "text/html; charset=utf-8", ByteString.copyFromUtf8("<html>Sign in</html>"), Map.of());

        assertForeign(failure(page), "its answer is text/html, not application/x-protobuf");
    }

    @Test
    void write_garbage_isNotOneOfOurServers() {
        assertForeign(
                failure(Answer.protobuf(200, ByteString.copyFrom(new byte[] {0x0a, 0x7f, 1}), Map.of())),
                "no message of the protocol");
    }

    @ParameterizedTest
    @ValueSource(ints = {BoundedBody.MAXIMUM_BYTES - 1, BoundedBody.MAXIMUM_BYTES, 8 * BoundedBody.MAXIMUM_BYTES})
    void write_longAnswer_isReadUpToABound(int bytes) {
        assertForeign(
                failure(Answer.protobuf(200, ByteString.copyFrom(new byte[bytes]), Map.of())),
                "no message of the protocol");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "inserted=1", "inserted=-1,updated=2,unchanged=0", "inserted=2,updated=0,unchanged=0"})
    void write_successThatDoesNotSayWhatWasStored_isNotBelieved(String result) {
        assertForeign(failure(Answer.stored(result)), result.isEmpty() ? "has no header deploytrace-result" : "");
    }

    private void assertForeign(SpanStoreException failure, String words) {
        assertThat(failure.reason()).isEqualTo(Reason.NOT_READY);
        assertThat(failure)
                .hasMessageStartingWith("What answers at " + server.uri() + " isn't a Deploytrace server: ")
                .hasMessageContaining(words)
                .hasMessageEndingWith("repeating it is safe.");
    }
}
