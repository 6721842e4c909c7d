package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.vocabulary.AttributeKeys;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Spans that an application makes with the OpenTelemetry SDK. */
class SpanWriterExporterTest {

    private final CapturingStore store = new CapturingStore();
    private final SpanWriterExporter exporter = SpanWriterExporter.create(store, Duration.ofSeconds(5));
    private final Tracer tracer = provider(exporter).get("application");

    // example: exporter
    SdkTracerProvider provider(SpanWriter store) {
        return SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(SpanWriterExporter.create(store)))
                .build();
    }
    // end

    private static SdkTracerProvider provider(SpanWriterExporter exporter) {
        return SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build();
    }

    @Test
    void export_writesDeploymentSpansAndLeavesOutOthers() {
        tracer.spanBuilder("GET /").startSpan().end();
        var parent = tracer.spanBuilder("parent").startSpan();
        var start = Instant.parse("2024-01-15T10:30:00.123456789Z");
        var span = tracer.spanBuilder("Deploy")
                .setParent(Context.root().with(parent))
                .setStartTimestamp(start)
                .setAttribute(AttributeKeys.WORKSPACE_ID, TestRecorder.WORKSPACE)
                .setAttribute(AttributeKey.longArrayKey("ports"), List.of(80L, 443L))
                .setAttribute("text", "a\0b")
                .startSpan();
        span.addEvent(
                "step",
                io.opentelemetry.api.common.Attributes.of(AttributeKey.booleanKey("ok"), true),
                start.plusSeconds(1));
        span.end(start.plusSeconds(2));

        var written = store.writes.stream().flatMap(List::stream).toList();
        assertThat(written).hasSize(1);
        var deploy = written.get(0);
        assertThat(deploy.name()).isEqualTo("Deploy");
        assertThat(deploy.traceId()).isEqualTo(parent.getSpanContext().getTraceId());
        assertThat(deploy.parentSpanId()).isEqualTo(parent.getSpanContext().getSpanId());
        assertThat(deploy.startTime()).isEqualTo("2024-01-15T10:30:00.123456Z");
        assertThat(deploy.endTime()).isEqualTo("2024-01-15T10:30:02.123456Z");
        assertThat(deploy.attributes().asMap())
                .isEqualTo(Map.of(
                        AttributeKeys.WORKSPACE_ID,
                        TestRecorder.WORKSPACE,
                        "ports",
                        List.of(80L, 443L),
                        "text",
                        "a\uFFFDb"));
        assertThat(deploy.events()).singleElement().satisfies(event -> {
            assertThat(event.time()).isEqualTo(start.plusSeconds(1));
            assertThat(event.attributes().asMap()).isEqualTo(Map.of("ok", true));
        });
        assertThat(store.deadlines.get(0).remaining()).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void export_ofARoot_hasNoParent() {
        deploymentSpan();

        assertThat(store.spans()).extracting(Span::parentSpanId).containsOnlyNulls();
    }

    @Test
    void export_whereTheStoreFails_isAFailureAndLogged() {
        store.failure = new SpanStoreException(Reason.UNAVAILABLE, "down");
        try (var log = new CapturedLog()) {
            deploymentSpan();

            assertThat(log.warnings()).hasSize(1).first().asString().contains("1 deployment spans were not written");
        }
        assertThat(exporter.export(List.of()).getFailureThrowable()).isSameAs(store.failure);
    }

    @Test
    void export_afterShutdown_isRefused() {
        exporter.shutdown();
        deploymentSpan();

        assertThat(store.writes).isEmpty();
        assertThat(exporter.export(List.of()).isSuccess()).isFalse();
        assertThat(exporter.flush().isSuccess()).isTrue();
    }

    @Test
    void create_withWrongArguments_throws() {
        assertThatThrownBy(() -> SpanWriterExporter.create(null)).hasMessage("store");
        assertThatThrownBy(() -> SpanWriterExporter.create(store, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeout must be more than zero, but is PT0S");
    }

    private void deploymentSpan() {
        tracer.spanBuilder("Deploy")
                .setAttribute(AttributeKeys.WORKSPACE_ID, TestRecorder.WORKSPACE)
                .startSpan()
                .end();
    }
}
