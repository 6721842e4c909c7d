package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server in a process of its own tells Prometheus, and what the manual says that it does. */
class ServerMetricsTest {

    private static final Pattern DOCUMENTED = Pattern.compile("`(deploytrace_[a-z_]+)`");
    private static final String SPANS = """
            {"resourceSpans": [{"scopeSpans": [{"spans": [
              {"traceId": "%1$s", "spanId": "b7ad6b7169203331", "name": "one", "startTimeUnixNano": "1700000000000000000",
               "attributes": [{"key": "ctrlplane.workspace_id", "value": {"stringValue": "%2$s"}}]},
              {"traceId": "%1$s", "spanId": "b7ad6b7169203332", "name": "two", "startTimeUnixNano": "1700000000000000000",
               "attributes": [{"key": "ctrlplane.workspace_id", "value": {"stringValue": "0193a4c0-0000-7000-8000-000000000001"}}]}]}]}]}
            """;

    private static int post(String url, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + "/v1/traces"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body));
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void scrape_isOfTheFormat_andHoldsWhatTheManualSays() throws Exception {
        var url = TestDatabase.createMigrated();
        var workspace = TestProgram.create()
                .variables(Map.of("DEPLOYTRACE_DATABASE_URL", url))
                .run("workspace", "create", "acme")
                .out()
                .strip();
        try (var server = RunningServer.start(url)) {
            var spans = SPANS.formatted("0af7651916cd43dd8448eb211c80319c", workspace);
            assertThat(post(server.url(), spans)).isEqualTo(200);
            assertThat(post(server.url(), spans)).isEqualTo(200);

            var scrape = Scrape.of(server.url());

            assertThat(scrape.sum("deploytrace_spans_received_total")).isEqualTo(4);
            assertThat(scrape.sum("deploytrace_spans_stored_total")).isEqualTo(1);
            assertThat(scrape.sum("deploytrace_spans_duplicates_total")).isEqualTo(1);
            assertThat(scrape.sum("deploytrace_spans_rejected_total")).isEqualTo(2);
            assertThat(scrape.sum("deploytrace_buffer_commits_seconds_count")).isEqualTo(2);
            assertThat(scrape.samples())
                    .containsEntry("deploytrace_buffer_commits_seconds_bucket{le=\"+Inf\"}", 2.0)
                    .containsKey("deploytrace_buffer_commits_seconds_bucket{le=\"0.005\"}");
            assertThat(scrape.sum("deploytrace_pool_connections")).isPositive();
            assertThat(scrape.sum("deploytrace_pool_connections_acquire_seconds_count"))
                    .isPositive();
            assertThat(scrape.sum("deploytrace_jvm_memory_used_bytes")).isPositive();
            assertDocumented(scrape);
        }
    }

    /** But for counters that count nothing yet. */
    private static void assertDocumented(Scrape scrape) throws IOException {
        var names = new TreeSet<String>();
        for (var sample : scrape.samples().keySet()) {
            names.add(sample.replaceFirst("\\{.*", "").replaceFirst("(_bucket|_count|_sum|(?<=_seconds)_max)$", ""));
        }
        var documented = new TreeSet<String>();
        DOCUMENTED
                .matcher(Files.readString(Path.of("..", "docs", "server.md")))
                .results()
                .forEach(match -> documented.add(match.group(1)));
        var notYet = documented.stream()
                .filter(name -> !names.contains(name))
                .filter(name -> !name.endsWith("_total"))
                .toList();
        assertThat(notYet).isEmpty();
        names.removeIf(name -> name.matches("deploytrace_(jvm|process|system)_.*"));
        assertThat(documented).containsAll(names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a 1",
                "# TYPE a counter\na one",
                "# TYPE a counter\na{b=c} 1",
                "# TYPE a counter\na{b=\"\\x\"} 1",
                "# TYPE a counter\na 1\na 1",
                "# TYPE a counter\n# TYPE a gauge",
                "# TYPE a number"
            })
    void whatIsNotOfTheFormat_isNotTakenForIt(String text) {
        assertThatThrownBy(() -> Scrape.parse(text)).isInstanceOf(IllegalStateException.class);
    }
}
