package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.testkit.Await;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server can't take now it is sent again by OpenTelemetry's exporters, and has once. */
class RepeatedExportsTest {

    private static final int SPANS = 20;

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "HTTP"})
    void spans_sentWhileTheDatabaseIsAway_areStoredOnce(Exporter exporter) throws Exception {
        var limits = ServerLimits.DEFAULTS.withRequestTimeout(Duration.ofMillis(500));
        try (var installation = Installation.start(limits)) {
            installation.network().refuse();
            installation.network().cutAll();

            var export = export(installation, exporter);
            Await.until(() ->
                    answers(installation, exporter == Exporter.GRPC ? "grpc_status=\"14\"" : "status=\"503\"") > 0);
            installation.network().heal();

            assertStored(installation, export);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "HTTP"})
    void spans_sentWhileOtherRequestsTakeAllPlaces_areStoredOnce(Exporter exporter) throws Exception {
        try (var installation = Installation.start(ServerLimits.DEFAULTS.withRequestsInFlight(1))) {
            var other = installation.workspace("other");
            var token = Installation.TOKENS.issue(Installation.job(other, "02".repeat(16), "job-2"));
            installation.network().blackHole();
            var first = new OtlpSender(installation.port())
                    .start(
                            OtlpSender.Protocol.HTTP,
                            token,
                            OtlpSpans.request(OtlpSpans.span("0a".repeat(16), "0b".repeat(8), "slow", Map.of())));
            Await.until(() -> metric(installation, "deploytrace_requests_in_flight") == 1);

            var export = export(installation, exporter);
            Await.until(() ->
                    answers(installation, exporter == Exporter.GRPC ? "grpc_status=\"8\"" : "status=\"429\"") > 0);
            installation.network().heal();

            assertThat(first.join().code()).isZero();
            assertStored(installation, export);
        }
    }

    private record Export(UUID workspace, String parentTrace, CompletableResultCode result) {}

    private static Export export(Installation installation, Exporter exporter) throws Exception {
        var workspace = UUID.fromString("0193a4c0-0000-7000-8000-000000000001");
        var job = Installation.job(workspace, "01".repeat(16), "job-1");
        var provider = SdkTracerProvider.builder()
                .addSpanProcessor(
                        BatchSpanProcessor.builder(exporter.to(installation.url(), Installation.TOKENS.issue(job)))
                                .build())
                .build();
        installation.workspace(workspace);
        var tracer = provider.get("pipeline");
        for (var number = 0; number < SPANS; number++) {
            tracer.spanBuilder("step " + number).startSpan().end();
        }
        return new Export(workspace, job.traceId(), provider.shutdown());
    }

    private static void assertStored(Installation installation, Export export) {
        assertThat(export.result().join(60, TimeUnit.SECONDS).isSuccess()).isTrue();
        assertThat(installation
                        .store()
                        .traceWithLinked(export.workspace(), export.parentTrace(), Installation.deadline()))
                .extracting(Span::name)
                .doesNotHaveDuplicates()
                .hasSize(SPANS);
    }

    private static double answers(Installation installation, String label) {
        return metrics(installation)
                .lines()
                .filter(line -> line.startsWith("deploytrace_requests_seconds_count{") && line.contains(label))
                .mapToDouble(RepeatedExportsTest::value)
                .sum();
    }

    private static double metric(Installation installation, String name) {
        return metrics(installation)
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(RepeatedExportsTest::value)
                .sum();
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    private static String metrics(Installation installation) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(installation.url() + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
