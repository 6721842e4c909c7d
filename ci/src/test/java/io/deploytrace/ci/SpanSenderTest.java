package io.deploytrace.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.ci.Collector.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of spans by what the server answers. */
class SpanSenderTest {

    private static final List<UnsentSpan> TWO = Sending.spans(2);

    private Collector server;

    @BeforeEach
    void startServer() throws IOException {
        server = Collector.start();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private Delivery send(List<UnsentSpan> spans) {
        var delivery = Sending.to(server.url()).send(spans, Sending.PATIENCE);
        assertThat(String.valueOf(delivery.problem())).doesNotContain(Sending.TOKEN);
        return delivery;
    }

    private Delivery answered(int status, String body) {
        server.answering(Answer.of(status, body));
        return send(TWO);
    }

    private Delivery kept(String problem, boolean away) {
        return new Delivery(List.of(), 2, 0, problem, away);
    }

    @Test
    void send_success_isOneRequestAsTheProtocolHasIt() {
        assertThat(send(TWO)).isEqualTo(new Delivery(TWO, 0, 0, null, false));

        assertThat(server.received()).hasSize(1);
        var request = server.received().get(0);
        assertThat(request.method() + " " + request.path()).isEqualTo("POST /v1/traces");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(request.headers().get("Authorization")).containsExactly("Bearer " + Sending.TOKEN);
        assertThat(request.body())
                .isEqualTo("{\"resourceSpans\":[{\"scopeSpans\":[{\"scope\":{\"name\":\"deploytrace\"},\"spans\":["
                        + TWO.get(0).message() + "," + TWO.get(1).message() + "]}]}]}")
                .doesNotContain(Sending.TOKEN);
    }

    @Test
    void send_nothing_asksNobody() {
        assertThat(send(List.of())).isEqualTo(Delivery.nothing());
        assertThat(server.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"partialSuccess\":{}}", "{\"partialSuccess\":{\"rejectedSpans\":\"0\"}}"})
    void send_successInAnyForm_empties(String body) {
        assertThat(answered(200, body)).isEqualTo(new Delivery(TWO, 0, 0, null, false));
    }

    @Test
    void send_partialSuccess_countsWhatIsRefusedAndSaysTheServersWords() {
        assertThat(answered(200, "{\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":\"no such job.\"}}"))
                .isEqualTo(new Delivery(
                        TWO, 0, 1, "the server at " + server.url() + " refused 1 span: no such job.", false));
        assertThat(answered(200, "{\"partialSuccess\":{\"rejectedSpans\":2}}"))
                .isEqualTo(new Delivery(TWO, 0, 2, "the server at " + server.url() + " refused 2 spans.", false));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void send_requestThatIsNeverTaken_isLostAndSaid(int status) {
        assertThat(answered(status, "{\"code\":3,\"message\":\"too much\"}"))
                .isEqualTo(new Delivery(
                        TWO,
                        0,
                        2,
                        "the server at " + server.url() + " answered with " + status
                                + ": too much. The spans are lost.",
                        false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|Check that DEPLOYTRACE_TOKEN is this job's token and hasn't run out.",
                "403|Check that DEPLOYTRACE_TOKEN is this job's token and hasn't run out.",
                "404|Check that DEPLOYTRACE_URL is the address of a Deploytrace server.",
                "405|Check that DEPLOYTRACE_URL is the address of a Deploytrace server.",
                "407|That is the proxy, which wants a password: except the server from it by no_proxy.",
            })
    void send_wrongSettings_areKeptAndSaidWithTheRemedy(int status, String remedy) {
        assertThat(answered(status, "<html>"))
                .isEqualTo(kept("the server at " + server.url() + " answered with " + status + ". " + remedy, false));
    }

    @Test
    void send_redirect_isNotFollowedAndSaidWithItsTarget() {
        server.answering(
                new Answer(302, "", Map.of("Location", "https://u:s3cr3t@other.example.com/v1/traces?sid=s3cr3t")));

        assertThat(send(TWO))
                .isEqualTo(kept(
                        "the server at " + server.url() + " answered with 302. Set DEPLOYTRACE_URL to the address"
                                + " where it leads: https://other.example.com.",
                        false));
        assertThat(server.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void send_serverThatMayTakeItLater_isAwayAndTheSpansAreKept(int status) {
        assertThat(answered(status, "{\"message\":\"the store is away.\"}"))
                .isEqualTo(kept(
                        "the server at " + server.url() + " answered with " + status + ": the store is away.", true));
    }

    @Test
    void send_successThatIsNoAnswerOfOurs_isKept() {
        for (var body : List.of("<html>Please log in</html>", "OK", "[]")) {
            assertThat(answered(200, body))
                    .as(body)
                    .isEqualTo(kept(
                            "what listens at " + server.url() + " doesn't answer as Deploytrace does. Check that"
                                    + " DEPLOYTRACE_URL is the address of a Deploytrace server.",
                            false));
        }
    }

    @Test
    void send_moreThanARequestHolds_goesInOrder() {
        var spans = Sending.spans(1_200);

        assertThat(send(spans)).isEqualTo(new Delivery(spans, 0, 0, null, false));

        assertThat(server.received())
                .extracting(request -> request.ids().size())
                .containsExactly(500, 500, 200);
        assertThat(server.sentIds())
                .isEqualTo(IntStream.range(0, 1_200).mapToObj(i -> "s" + i).toList());
    }

    @Test
    void send_failureInTheSecondRequest_keepsTheRest() {
        server.answering(number -> number == 2 ? Answer.of(503, "") : Answer.STORED);
        var spans = Sending.spans(1_200);

        assertThat(send(spans))
                .isEqualTo(new Delivery(
                        spans.subList(0, 500), 700, 0, "the server at " + server.url() + " answered with 503.", true));
        assertThat(server.received()).hasSize(2);
    }

    @Test
    void send_requestThatIsLost_doesNotKeepTheNextFromBeingSent() {
        server.answering(number -> number == 1 ? Answer.of(400, "") : Answer.STORED);
        var spans = Sending.spans(600);

        assertThat(send(spans))
                .isEqualTo(new Delivery(
                        spans,
                        0,
                        500,
                        "the server at " + server.url() + " answered with 400. The spans are lost.",
                        false));
        assertThat(server.received()).hasSize(2);
    }
}
