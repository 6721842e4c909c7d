package io.deploytrace.server;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;

/** The exporters of OpenTelemetry's Java SDK. */
enum Exporter {
    GRPC,
    GRPC_GZIP,
    HTTP,
    HTTP_GZIP;

    /** Repeats soon, and often enough for a test to bring the server back meanwhile. */
    private static final RetryPolicy RETRIES = RetryPolicy.builder()
            .setMaxAttempts(5)
            .setInitialBackoff(Duration.ofMillis(500))
            .setMaxBackoff(Duration.ofSeconds(5))
            .setBackoffMultiplier(2)
            .build();

    SpanExporter to(String url, String credential) {
        var compression = name().endsWith("GZIP") ? "gzip" : "none";
        return switch (this) {
            case GRPC, GRPC_GZIP ->
                OtlpGrpcSpanExporter.builder()
                        .setEndpoint(url)
                        .setCompression(compression)
                        .addHeader("authorization", "Bearer " + credential)
                        .setRetryPolicy(RETRIES)
                        .setTimeout(Duration.ofSeconds(30))
                        .build();
            case HTTP, HTTP_GZIP ->
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(url + "/v1/traces")
                        .setCompression(compression)
                        .addHeader("authorization", "Bearer " + credential)
                        .setRetryPolicy(RETRIES)
                        .setTimeout(Duration.ofSeconds(30))
                        .build();
        };
    }
}
