package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import io.deploytrace.testkit.Await;
import io.deploytrace.testkit.Fixtures;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events are as the OpenAPI document says: parameters, statuses, schemas. */
@Timeout(60)
class OpenApiEventsTest {

    private static final String PATH = Route.EVENTS.path();

    private final TestServer server = TestServer.start(settings ->
            settings.authenticationRequired(true).eventLimits(new EventLimits(Duration.ofMillis(50), 1, 1, 1 << 20)));

    private final String key = server.key(Role.READ, null);
    private final OpenApi document = OpenApi.parse(
            new Questions(server.client("h2c"), key).get("/api/openapi.json").contentUtf8());
    private final Fixtures fixtures = new Fixtures(1);
    private final TreeSet<String> seen = new TreeSet<>();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void events_areAsDocumented_withEachParameterAndStatus() {
        var position = hear(null);
        assertThat(hear(position)).isNotNull();
        awaitPlace();

        assertThat(Questions.json(ask(key, "nonsense=1")).get("allowed"))
                .isEqualTo(document.queryParameters(PATH).stream()
                        .map(parameter -> parameter.get("name").asText())
                        .toList());
        awaitPlace();
        ask(key, "since=garbage");
        ask("garbage", "");
        ask(server.key(Role.READ, TestServer.OTHER_WORKSPACE), "");
        awaitPlace();
        server.workspaces.fail();
        ask(key, "");
        overload();

        assertThat(seen).isEqualTo(document.statuses(PATH));
    }

    /** Listens, and holds an event to the schema; its id. */
    private String hear(@Nullable String position) {
        awaitPlace();
        try (var client = EventClient.listen("h2c://127.0.0.1:" + server.port(), key, TestServer.WORKSPACE, position)
                .connected()) {
            seen.add(Integer.toString(client.status()));
            assertThat(client.headers().get("content-type")).isEqualTo(document.contentType(PATH, "200"));
            var spans = fixtures.completeWorkflow(TestServer.WORKSPACE, "shop");
            server.store.write(spans, Deadline.after(Duration.ofSeconds(10)));
            var event = client.await(spans.get(0).traceId());
            assertThat(document.faults("Trace", event.json())).isEmpty();
            return event.id();
        }
    }

    /** Waits until the one place is free. */
    private void awaitPlace() {
        Await.until(() -> get(key, "since=garbage").status().code() == 400);
    }

    private void overload() {
        var held = server.workspaces.hold();
        var first = CompletableFuture.supplyAsync(() -> get(key, "since=garbage"));
        held.join();
        ask(key, "");
        server.workspaces.heal();
        assertThat(first.join().status().code()).isEqualTo(400);
    }

    private AggregatedHttpResponse get(String credential, String query) {
        return new Questions(server.client("h2c"), credential)
                .ask(TestServer.WORKSPACE, "/events" + (query.isEmpty() ? "" : "?" + query));
    }

    private AggregatedHttpResponse ask(String credential, String query) {
        var response = get(credential, query);
        var status = Integer.toString(response.status().code());
        seen.add(status);
        assertThat(document.faults(PATH, status, response)).as(query).isEmpty();
        return response;
    }
}
