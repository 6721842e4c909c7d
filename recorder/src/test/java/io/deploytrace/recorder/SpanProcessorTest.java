package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same spans for other back ends, and the set-up that all recorders share. */
class SpanProcessorTest {

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

    // example: other-back-ends
    ReconcileTarget start(String workspaceId, String releaseTargetKey, SpanProcessor processor) {
        return ReconcileTarget.builder(workspaceId, releaseTargetKey)
                .spanProcessor(processor) // such as a BatchSpanProcessor with an OtlpGrpcSpanExporter
                .start();
    }
    // end

    @Test
    void processor_getsTheSpansThatTheStoreGets() {
        var recorder = start(TestRecorder.WORKSPACE, TestRecorder.TARGET, SimpleSpanProcessor.create(exporter));
        var planning = recorder.startPlanning();
        planning.startEvaluation("Approval Policy")
                .setResult(Result.BLOCKED, "No")
                .end();
        planning.recordException(new IllegalStateException("gone"));
        recorder.complete(Status.FAILED);
        planning.end();

        var exported = exporter.getFinishedSpanItems();
        assertThat(exported)
                .extracting(
                        SpanData::getName,
                        span -> span.getStatus().getStatusCode(),
                        span -> span.getStatus().getDescription())
                .containsExactly(
                        tuple("Approval Policy", StatusCode.UNSET, ""),
                        tuple("Planning", StatusCode.ERROR, "gone"),
                        tuple("Reconciliation", StatusCode.ERROR, ""));
        var converted =
                exported.stream().map(data -> SpanConversion.convert(data)).toList();
        assertThat(converted).containsExactlyInAnyOrderElementsOf(recorder.spans());
        assertThat(exported).extracting(SpanData::getTotalRecordedEvents).containsExactly(1, 1, 0);
    }

    @Test
    void processor_isToldOfStartsWithTheParent() {
        var parents = new ArrayList<String>();
        var recorder = start(TestRecorder.WORKSPACE, TestRecorder.TARGET, new StartProcessor() {
            @Override
            public void onStart(Context parent, ReadWriteSpan span) {
                parents.add(io.opentelemetry.api.trace.Span.fromContext(parent)
                        .getSpanContext()
                        .getSpanId());
                span.setAttribute("added", span.getName());
            }
        });
        recorder.startPlanning();

        var root = recorder.spans().get(0);
        assertThat(parents).containsExactly("0000000000000000", root.spanId());
        assertThat(root.attributes().get("added")).isEqualTo("Reconciliation");
    }

    @Test
    void processorThatThrows_isLoggedAndHarmsNothing() {
        try (var log = new CapturedLog()) {
            var recorder = start(TestRecorder.WORKSPACE, TestRecorder.TARGET, new StartProcessor() {
                @Override
                public void onStart(Context parent, ReadWriteSpan span) {
                    throw new IllegalStateException("broken");
                }
            });
            recorder.startPlanning();

            assertThat(recorder.spans()).extracting(Span::name).containsExactly("Reconciliation", "Planning");
            assertThat(log.warnings()).singleElement().asString().contains("A span processor failed");
        }
    }

    @Test
    void abandonedRecorder_isCollected() {
        var abandoned = new ArrayList<WeakReference<ReconcileTarget>>();
        for (int i = 0; i < 100; i++) {
            var recorder = TestRecorder.start();
            recorder.startPlanning().startEvaluation("never ended");
            abandoned.add(new WeakReference<>(recorder));
        }

        var deadline = System.nanoTime() + 10_000_000_000L;
        while (abandoned.stream().anyMatch(reference -> reference.get() != null) && System.nanoTime() < deadline) {
            System.gc();
        }

        assertThat(abandoned).allMatch(reference -> reference.get() == null);
    }

    @Test
    void recorders_startNoThread() {
        TestRecorder.start().close();
        var before = Thread.getAllStackTraces().keySet();
        for (int i = 0; i < 100; i++) {
            TestRecorder.start();
        }

        assertThat(before).containsAll(Thread.getAllStackTraces().keySet());
    }

    @Test
    void resource_isWhatTheEnvironmentSays() {
        var resource = EnvironmentResource.of(Map.of(
                "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=eu%20west,service.name=ignored,broken,a=b+c",
                "OTEL_SERVICE_NAME", "release-controller"));

        assertThat(resource.getAttributes().asMap().entrySet().stream()
                        .filter(entry -> !entry.getKey().getKey().startsWith("telemetry."))
                        .map(entry -> entry.getKey().getKey() + "=" + entry.getValue()))
                .containsExactlyInAnyOrder(
                        "deployment.environment.name=eu west", "service.name=release-controller", "a=b+c");
    }

    @Test
    void resource_withoutEnvironment_isTheSdksDefault() {
        assertThat(EnvironmentResource.of(Map.of())).isEqualTo(Resource.getDefault());
    }

    /** A processor that is told of starts only. */
    private abstract static class StartProcessor implements SpanProcessor {

        @Override
        public boolean isStartRequired() {
            return true;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            throw new AssertionError("Not asked for");
        }

        @Override
        public boolean isEndRequired() {
            return false;
        }
    }
}
