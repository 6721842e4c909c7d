package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.StepResult;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A trace that begins under a job of another, and the link to the application's own span. */
class ContinuationTest {

    private final JobTokens tokens = JobTokens.ofKeys("k1:" + TestRecorder.SECRET);
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

    @Test
    void traceFromAToken_belongsUnderTheJob() {
        var parent =
                TestRecorder.builder().tokens(tokens).releaseId("release-1").start();
        var job = parent.startExecution().triggerJob("argo", Map.of(), "job-1");

        // example: continue-from-token
        var token = JobTokens.read(job.token());
        var external = ReconcileTarget.builder(token.job()).start();
        external.startAction("Deploy").addStep("helm upgrade", StepResult.PASS, "revision 7");
        // end

        var spans = external.spans();
        assertThat(spans).hasSize(3);
        assertThat(external.traceId()).isNotEqualTo(parent.traceId());
        assertThat(spans).extracting(Span::traceId).containsOnly(external.traceId());
        assertThat(spans).extracting(Span::parentTraceId).containsOnly(parent.traceId());
        assertThat(spans).extracting(Span::jobId).containsOnly("job-1");
        assertThat(spans).extracting(Span::releaseId).containsOnly("release-1");
        assertThat(spans).extracting(Span::releaseTargetKey).containsOnly(TestRecorder.TARGET);
        assertThat(spans).extracting(Span::workspaceId).containsOnly(TestRecorder.WORKSPACE);
        assertThat(spans.get(0).parentSpanId()).isNull();
        assertThat(parent.spans()).extracting(Span::parentTraceId).containsOnlyNulls();
    }

    @Test
    void traceFromAToken_linksToTheSpanOfTheJob() {
        var parent = TestRecorder.builder().tokens(tokens).start();
        var job = parent.startExecution().triggerJob("argo", Map.of());

        ReconcileTarget.builder(tokens.verify(job.token()).job())
                .spanProcessor(SimpleSpanProcessor.create(exporter))
                .start()
                .close();

        var links = exporter.getFinishedSpanItems().get(0).getLinks();
        assertThat(links).extracting(link -> link.getSpanContext().getTraceId()).containsExactly(parent.traceId());
        assertThat(links).extracting(link -> link.getSpanContext().getSpanId()).containsExactly(job.spanId());
    }

    @Test
    void traceFromAJobWithoutTarget_isRefused() {
        var job = new JobReference(
                TestRecorder.WORKSPACE, "018d0cabc44009105fec6367c9386adc", "5fec6367c9386adc", "job-1", null, null);

        assertThatThrownBy(() -> ReconcileTarget.builder(job))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("releaseTargetKey");
    }

    @Test
    void root_linksToTheCurrentSpanAndInheritsNothingFromIt() {
        try (var application = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(InMemorySpanExporter.create()))
                .build()) {
            var request = application.get("application").spanBuilder("request").startSpan();
            ReconcileTarget recorder;
            try (var scope = request.makeCurrent()) {
                assertThat(scope).isNotNull();
                recorder = TestRecorder.builder()
                        .spanProcessor(SimpleSpanProcessor.create(exporter))
                        .start();
                recorder.startPlanning().end();
            }
            recorder.close();

            var planning = exporter.getFinishedSpanItems().get(0);
            var root = exporter.getFinishedSpanItems().get(1);
            assertThat(root.getLinks()).extracting(LinkData::getSpanContext).containsExactly(request.getSpanContext());
            assertThat(root.getParentSpanContext().isValid()).isFalse();
            assertThat(root.getTraceId()).isNotEqualTo(request.getSpanContext().getTraceId());
            assertThat(planning.getLinks()).isEmpty();
            assertThat(planning.getParentSpanId()).isEqualTo(root.getSpanId());
        }
    }

    @Test
    void root_withoutCurrentSpan_hasNoLink() {
        TestRecorder.builder()
                .spanProcessor(SimpleSpanProcessor.create(exporter))
                .start()
                .close();

        assertThat(exporter.getFinishedSpanItems().get(0).getLinks()).isEmpty();
    }
}
