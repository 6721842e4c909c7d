package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.store.postgres.PostgresWorkspaces;
import io.deploytrace.vocabulary.AttributeKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A trace that is larger than the memory of the server, and goes on growing. */
class GrowingTraceTest {

    private static final String TRACE = "0192aaaaaaaa7000800000000000feed";
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final int TEXT = 1_048_576;
    private static final int TEXTS = 14;
    private static final int SPANS = 14;

    @Test
    void span_ofATraceLargerThanASmallHeap_isTaken() throws Exception {
        var url = TestDatabase.createMigrated();
        var workspace = store(url);
        try (var server = RunningServer.startSmall(url, "--auth", "none")) {
            for (var number = SPANS + 1; number <= SPANS + 3; number++) {
                assertTaken(server, request(workspace, number));
            }
            assertThat(server.said()).doesNotContain("OutOfMemory");
        }
    }

    private static UUID store(String url) {
        var source = DatabaseAddress.parse(url, null).dataSource();
        var workspace =
                new PostgresWorkspaces(source).create("large", deadline()).id();
        var store = PostgresSpanStore.builder(source).build();
        for (var number = 1; number <= SPANS; number++) {
            store.write(List.of(large(workspace, number)), deadline());
        }
        return workspace;
    }

    private static Deadline deadline() {
        return Deadline.after(Duration.ofMinutes(2));
    }

    private static Span large(UUID workspace, int number) {
        var attributes = Attributes.builder()
                .put(AttributeKeys.WORKSPACE_ID, workspace.toString())
                .put(AttributeKeys.SEQUENCE, number);
        for (var text = 0; text < TEXTS; text++) {
            attributes.put("text " + text, "x".repeat(TEXT));
        }
        var start = START.plusMillis(number);
        return new Span(
                TRACE,
                "%016x".formatted(number),
                number == 1 ? null : "%016x".formatted(1),
                "span " + number,
                start,
                start,
                attributes.build(),
                List.of());
    }

    private static String request(UUID workspace, int number) {
        return """
                {"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "%s", "spanId": "%016x", "parentSpanId": "%016x",
                 "name": "more", "startTimeUnixNano": "1", "endTimeUnixNano": "2",
                 "attributes": [{"key": "ctrlplane.workspace_id", "value": {"stringValue": "%s"}}]}]}]}]}""".formatted(TRACE, number, 1, workspace);
    }

    private static void assertTaken(RunningServer server, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/v1/traces"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body() + server.said()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
    }
}
