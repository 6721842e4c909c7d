package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final Pattern NAME = Pattern.compile("`(deploytrace_[a-z_]+)`");

    private static List<String> lines(TestServer server) {
        return server.client("h2c")
                .get("/metrics")
                .aggregate()
                .join()
                .contentUtf8()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    @Test
    void names_allBeginWithTheProgramsOwn() {
        try (var server = TestServer.start()) {
            assertThat(lines(server)).isNotEmpty().allMatch(line -> line.startsWith("deploytrace_"));
        }
    }

    @Test
    void requestsAndSpans_areCountedOnce() {
        try (var server = TestServer.start()) {
            var client = server.client("h2c");
            var again = Otlp.span().toByteArray();
            Otlp.post(client, Otlp.http(), again);
            Otlp.post(client, Otlp.http(), again);
            Otlp.post(client, Otlp.grpc(), Otlp.frame(Otlp.span("nowhere", 0).toByteArray(), false));
            client.get("/nothing").aggregate().join();

            assertThat(lines(server))
                    .contains(
                            "deploytrace_spans_received_total 3.0",
                            "deploytrace_spans_stored_total 1.0",
                            "deploytrace_spans_duplicates_total 1.0",
                            "deploytrace_spans_rejected_total{reason=\"invalid_span\"} 1.0",
                            "deploytrace_buffer_queue_bytes 0.0",
                            "deploytrace_requests_seconds_count{grpc_status=\"\",route=\"/v1/traces\",status=\"200\"} 2",
                            "deploytrace_requests_seconds_count{grpc_status=\"0\",route=\"" + Otlp.GRPC
                                    + "\",status=\"200\"} 1",
                            "deploytrace_requests_seconds_count{grpc_status=\"\",route=\"none\",status=\"404\"} 1");
        }
    }

    @Test
    void documentedMetrics_exist() throws IOException {
        var manual = Files.readString(Path.of("..", "docs", "server.md"));
        try (var server = TestServer.start()) {
            var client = server.client("h2c");
            Otlp.export(client, Otlp.http());
            Otlp.post(client, Otlp.http(), Otlp.span("nowhere", 0).toByteArray());
            var names = String.join("\n", lines(server));

            NAME.matcher(manual)
                    .results()
                    .map(match -> match.group(1))
                    .filter(name -> !name.matches(".*_(failed|retried|pool|retention|reindexing)_.*"))
                    .forEach(name -> assertThat(names).contains(name));
        }
    }
}
