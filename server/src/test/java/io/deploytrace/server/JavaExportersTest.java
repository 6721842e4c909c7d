package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.store.Role;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.CheckResult;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenTelemetry's Java SDK sends, by each of its exporters. */
class JavaExportersTest {

    private static Installation installation;
    private static UUID workspace;

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.start();
        workspace = installation.workspace("acme");
    }

    @AfterAll
    static void stop() throws Exception {
        installation.close();
    }

    @ParameterizedTest
    @EnumSource
    void controllersRecording_sentWithAKey_isStoredAsItWouldHaveBeenPersisted(Exporter exporter) {
        var processor = BatchSpanProcessor.builder(
                        exporter.to(installation.url(), installation.key(Role.WRITE, workspace)))
                .build();
        try (var target = ReconcileTarget.builder(workspace.toString(), "shop-production")
                .trigger("version.created")
                .releaseId("release-7")
                .spanProcessor(processor)
                .start()) {
            record(target);

            assertThat(processor.forceFlush().join(30, TimeUnit.SECONDS).isSuccess())
                    .isTrue();

            var stored = installation.store().trace(workspace, target.traceId(), Installation.deadline());
            assertThat(stored.stream().map(JavaExportersTest::withoutOrigin).toList())
                    .isEqualTo(target.spans());
            assertThat(stored).allMatch(span -> span.attributes().get("resource.telemetry.sdk.language") != null);
        } finally {
            processor.shutdown().join(30, TimeUnit.SECONDS);
        }
    }

    private static void record(ReconcileTarget target) {
        try (var planning = target.startPlanning();
                var evaluation = planning.startEvaluation("Approval Policy")) {
            evaluation.addMetadata(
                    "values",
                    Map.of("yes", true, "count", 3, "share", 0.25, "when", Instant.EPOCH, "names", List.of("a", "b")));
            evaluation.setResult(Result.ALLOWED, "Approved by Zoë \uD83D\uDE80");
            planning.makeDecision("Deploy v1.2.3", Decision.APPROVED);
        }
        try (var eligibility = target.startEligibility();
                var check = eligibility.startCheck("Retry Limit")) {
            check.setResult(CheckResult.PASS, "0 of 3");
        }
        target.complete(Status.COMPLETED);
    }

    /** The span without what only OpenTelemetry's protocol says about it. */
    private static Span withoutOrigin(Span span) {
        var attributes = Attributes.builder();
        span.attributes().asMap().forEach((key, value) -> {
            if (!key.startsWith("resource.") && !key.startsWith("otel.")) {
                attributes.put(key, value);
            }
        });
        return new Span(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                span.name(),
                span.startTime(),
                span.endTime(),
                attributes.build(),
                span.events());
    }

    @ParameterizedTest
    @EnumSource
    void jobsTrace_sentWithItsToken_isStampedAndComplete(Exporter exporter) {
        var job = Installation.job(workspace, Scene.traceId(), "job-1");
        var provider = SdkTracerProvider.builder()
                .setResource(Resource.create(io.opentelemetry.api.common.Attributes.of(
                        AttributeKey.stringKey("service.name"), "shop-pipeline")))
                .addSpanProcessor(
                        BatchSpanProcessor.builder(exporter.to(installation.url(), Installation.TOKENS.issue(job)))
                                .build())
                .build();
        var sent = runJob(provider);

        assertThat(provider.forceFlush().join(30, TimeUnit.SECONDS).isSuccess()).isTrue();
        provider.close();

        var stored = installation.store().traceWithLinked(workspace, job.traceId(), Installation.deadline());
        assertThat(stored).extracting(Span::name).containsExactlyInAnyOrder("Deploy shop", "terraform apply");
        assertThat(stored).allSatisfy(span -> {
            assertThat(span.traceId())
                    .startsWith(job.traceId().substring(0, 12))
                    .isNotEqualTo(sent.getTraceId());
            assertThat(span.workspaceId()).isEqualTo(workspace.toString());
            assertThat(span.jobId()).isEqualTo("job-1");
            assertThat(span.releaseTargetKey()).isEqualTo("shop-production");
            assertThat(span.releaseId()).isEqualTo("release-7");
            assertThat(span.phase()).isEqualTo("external");
            assertThat(span.attributes().get("otel.trace_id")).isEqualTo(sent.getTraceId());
            assertThat(span.attributes().get("resource.service.name")).isEqualTo("shop-pipeline");
            assertThat(span.attributes().get("otel.scope.name")).isEqualTo("pipeline");
        });
        assertThat(named(stored, "Deploy shop")).satisfies(root -> {
            assertThat(root.spanId()).isEqualTo(sent.getSpanId());
            assertThat(root.parentSpanId()).isNull();
            assertThat(root.status()).isEqualTo("completed");
            assertThat(root.attributes().get("otel.kind")).isEqualTo("server");
            assertThat(root.attributes().get("ctrlplane.parent_span_id")).isEqualTo(job.parentSpanId());
            assertThat(root.attributes().get("numbers")).isEqualTo(List.of(1L, 2L));
        });
        assertThat(named(stored, "terraform apply")).satisfies(apply -> {
            assertThat(apply.parentSpanId()).isEqualTo(sent.getSpanId());
            assertThat(apply.status()).isEqualTo("failed");
            assertThat(apply.attributes().get("otel.status_description")).isEqualTo("exit 7");
            assertThat(apply.events()).singleElement().satisfies(event -> {
                assertThat(event.name()).isEqualTo("exception");
                assertThat(event.attributes().get("exception.message")).isEqualTo("quota exceeded");
            });
            assertThat(apply.attributes().get("otel.links"))
                    .isEqualTo(List.of(Map.of(
                            "trace_id",
                            "ab".repeat(16),
                            "span_id",
                            "cd".repeat(8),
                            "attributes",
                            Map.of("why", "same commit"))));
        });
    }

    private static SpanContext runJob(SdkTracerProvider provider) {
        var tracer = provider.get("pipeline", "1.4.0");
        var root = tracer.spanBuilder("Deploy shop")
                .setNoParent()
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(AttributeKey.longArrayKey("numbers"), List.of(1L, 2L))
                .setAttribute(AttributeKeys.STATUS, "allowed")
                .startSpan();
        var apply = tracer.spanBuilder("terraform apply")
                .setParent(Context.root().with(root))
                .addLink(
                        SpanContext.create(
                                "ab".repeat(16), "cd".repeat(8), TraceFlags.getSampled(), TraceState.getDefault()),
                        io.opentelemetry.api.common.Attributes.of(AttributeKey.stringKey("why"), "same commit"))
                .startSpan();
        apply.recordException(new IllegalStateException("quota exceeded"));
        apply.setStatus(StatusCode.ERROR, "exit 7");
        apply.end();
        root.end();
        return root.getSpanContext();
    }

    private static Span named(List<Span> spans, String name) {
        return spans.stream().filter(span -> span.name().equals(name)).findAny().orElseThrow();
    }
}
