package io.deploytrace.server;

import static io.deploytrace.vocabulary.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import io.deploytrace.testkit.Await;
import io.deploytrace.testkit.Fixtures;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of events as a client sees them. */
@Timeout(60)
class EventsTest {

    private static final Duration BEAT = Duration.ofMillis(50);

    private final Fixtures fixtures = new Fixtures(1);

    private static TestServer server(UnaryOperator<EventLimits> limits) {
        return TestServer.start(settings -> {
            settings.eventHeartbeat = BEAT;
            settings.eventLimits(limits.apply(new EventLimits(Duration.ofMillis(50), 8, 4, 16 << 10)));
            return settings.limits(ServerLimits.DEFAULTS.withIdleTimeout(Duration.ofMillis(500)));
        });
    }

    private static TestServer server() {
        return server(limits -> limits);
    }

    private String write(TestServer server, UUID workspace) {
        var trace = fixtures.trace(workspace).target("shop");
        trace.root(COMPLETED);
        server.store.write(trace.spans(), Deadline.after(Duration.ofSeconds(10)));
        return trace.traceId();
    }

    private static EventClient listen(TestServer server, String protocol, @Nullable String lastId) {
        return EventClient.listen(protocol + "://127.0.0.1:" + server.port(), "", TestServer.WORKSPACE, lastId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1c", "h2c"})
    void change_isToldAsAnEvent_withTheTraceOfLists(String protocol) {
        try (var server = server();
                var client = listen(server, protocol, null).connected()) {
            var other = write(server, TestServer.OTHER_WORKSPACE);
            var event = client.await(write(server, TestServer.WORKSPACE));

            assertThat(client.headers().get("content-type")).isEqualTo("text/event-stream");
            assertThat(client.headers().get("cache-control")).isEqualTo("no-store");
            assertThat(event.name()).isEqualTo("trace");
            assertThat(event.id()).isNotNull();
            var listed = Questions.json(new Questions(server.client("h1c"), "").ask(TestServer.WORKSPACE, "/traces"));
            assertThat(Questions.objects(listed, "traces")).containsExactly(event.data());
            assertThat(client.revisions()).doesNotContainKey(other);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1c", "h2c"})
    void streamWithoutChanges_outlivesTheIdleTimeout_andCarriesItsPosition(String protocol) {
        try (var server = server();
                var client = listen(server, protocol, null)) {
            Await.until(() -> client.heartbeats() > 30 || client.isEnded());

            assertThat(client.isEnded()).as("after three idle timeouts").isFalse();
            assertThat(client.lastId()).isNotNull();
        }
    }

    @Test
    void whatChangedWhileDisconnected_isToldOnReturn() {
        try (var server = server()) {
            String position;
            try (var client = listen(server, "h1c", null).connected()) {
                client.await(write(server, TestServer.WORKSPACE));
                position = client.lastId();
            }
            var missed = List.of(write(server, TestServer.WORKSPACE), write(server, TestServer.WORKSPACE));

            try (var client = listen(server, "h2c", position)) {
                missed.forEach(client::await);
                assertThat(client.revisions().keySet()).containsExactlyInAnyOrderElementsOf(missed);
            }
        }
    }

    @Test
    void moreChangesThanAreReadAtOnce_areAllTold() {
        try (var server = server()) {
            var position = position(server);
            for (var i = 0; i < 1_000; i++) {
                write(server, TestServer.WORKSPACE);
            }
            try (var client = listen(server, "h1c", position)) {
                Await.until(() -> client.revisions().size() == 1_000);

                assertThat(client.events()).as("each once").hasSize(1_000);
            }
        }
    }

    private static String position(TestServer server) {
        try (var client = listen(server, "h1c", null).connected()) {
            return client.lastId();
        }
    }

    @Test
    void positionOfAnotherStore_isAnsweredWithAReset() {
        try (var before = server();
                var server = server();
                var client = listen(server, "h1c", position(before))) {
            Await.until(() -> !client.events().isEmpty());

            assertThat(client.events().get(0).name()).isEqualTo("reset");
            assertThat(client.events().get(0).id()).isNotNull();
            client.await(write(server, TestServer.WORKSPACE));
        }
    }

    @Test
    void positionThatWasNotHandedOut_isRefused() {
        try (var server = server()) {
            var sound = position(server);
            var ask = new Questions(server.client("h1c"), "");
            for (var garbage : List.of("x", ".", sound + "A", sound.substring(1), "%C3%A4", "a".repeat(4_000))) {
                var response = ask.ask(TestServer.WORKSPACE, "/events?since=" + garbage);
                assertThat(response.status().code()).as(garbage).isEqualTo(400);
                assertThat(Questions.json(response))
                        .containsEntry("type", "urn:deploytrace:problem:invalid-cursor")
                        .containsEntry("parameter", "since");
            }
            var header = ask.ask(TestServer.WORKSPACE, "/events", "last-event-id", sound + "A");
            assertThat(Questions.json(header)).containsEntry("parameter", "Last-Event-ID");
            var foreign = ask.ask(TestServer.OTHER_WORKSPACE, "/events", "last-event-id", sound);
            assertThat(Questions.json(foreign)).containsEntry("type", "urn:deploytrace:problem:invalid-cursor");
            var unknown = ask.ask(TestServer.WORKSPACE, "/events?from=" + sound);
            assertThat(Questions.json(unknown)).containsEntry("parameter", "from");
        }
    }

    @Test
    void streamsPastTheLimits_areRefused_andTheirPlacesAreFreeAgain() {
        try (var server = server(limits -> new EventLimits(limits.eventsInterval(), 3, 2, 16 << 10))) {
            var url = "h1c://127.0.0.1:" + server.port();
            var key = server.key(Role.READ, TestServer.WORKSPACE);
            var other = server.key(Role.READ, TestServer.WORKSPACE);
            var first = EventClient.listen(url, key, TestServer.WORKSPACE, null).connected();
            var second =
                    EventClient.listen(url, key, TestServer.WORKSPACE, null).connected();

            try (var third = EventClient.listen(url, key, TestServer.WORKSPACE, null)) {
                assertThat(third.status()).isEqualTo(429);
                assertThat(third.headers().get("retry-after")).isEqualTo("1");
            }
            var ofOther =
                    EventClient.listen(url, other, TestServer.WORKSPACE, null).connected();
            assertThat(ofOther.status()).isEqualTo(200);
            try (var fourth = EventClient.listen(url, other, TestServer.WORKSPACE, null)) {
                assertThat(fourth.status()).as("three in all").isEqualTo(429);
            }
            assertThat(new Questions(server.client("h1c"), key)
                            .ask(TestServer.WORKSPACE, "/traces")
                            .status()
                            .code())
                    .as("other questions have places of their own")
                    .isEqualTo(200);
            List.of(first, second, ofOther).forEach(EventClient::close);
            Await.until(() -> metric(server, "deploytrace_events_subscribers") == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1c", "h2c"})
    void stop_endsStreamsAtOnce(String protocol) {
        var server = server();
        try (var client = listen(server, protocol, null).connected()) {
            var stopped = CompletableFuture.runAsync(server::close);
            Await.until(client::isEnded);
            assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void stop_doesNotWaitForAClientThatReadsNothing() throws Exception {
        var server = TestServer.limited(
                limits -> limits.withIdleTimeout(Duration.ofMinutes(5)).withShutdownTimeout(Duration.ofMinutes(5)));
        try (var deaf = new RawConnection(server.port())) {
            deaf.send(Http2Frames.get("/api/v1/workspaces/" + TestServer.WORKSPACE + "/events", 0));
            Await.until(() -> metric(server, "deploytrace_events_subscribers") == 1);

            assertThat(CompletableFuture.runAsync(server::close)).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    @Test
    void head_isAnsweredWithoutAStream() {
        try (var server = server()) {
            var path = "/api/v1/workspaces/" + TestServer.WORKSPACE + "/events";
            var response = server.client("h1c")
                    .execute(RequestHeaders.of(HttpMethod.HEAD, path))
                    .aggregate()
                    .join();

            assertThat(response.status().code()).isEqualTo(200);
            assertThat(response.headers().get("content-type")).isEqualTo("text/event-stream");
        }
    }

    @Test
    void eventsSentAndResets_areCounted() {
        try (var before = server();
                var server = server();
                var client = listen(server, "h1c", position(before))) {
            Await.until(() -> !client.events().isEmpty());
            client.await(write(server, TestServer.WORKSPACE));

            assertThat(metric(server, "deploytrace_events_sent_total")).isEqualTo(1);
            assertThat(metric(server, "deploytrace_events_resets_total")).isEqualTo(1);
            assertThat(metric(server, "deploytrace_events_cut_off_total")).isZero();
            assertThat(metric(server, "deploytrace_events_subscribers")).isEqualTo(1);
            assertThat(metric(server, "deploytrace_events_polls_seconds_count")).isPositive();
        }
    }

    private static double metric(TestServer server, String name) {
        return Metrics.value(server.port(), name);
    }
}
