package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.CheckResult;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import io.deploytrace.vocabulary.StepResult;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is recorded doesn't depend on whether a span processor is told of it. */
class SameSpansTest {

    private static final List<Object> VALUES = Arrays.asList(
            "text",
            "",
            "nul \0 and half \uD83D of a pair",
            "x".repeat(600),
            1,
            2L,
            Long.MIN_VALUE,
            0.5,
            -0.0,
            Double.NaN,
            1.5f,
            true,
            'c',
            new BigDecimal("1.25"),
            Instant.parse("2024-01-15T10:30:00Z"),
            List.of(),
            List.of("a", "b"),
            List.of(1, 2L),
            List.of(1, "b", List.of(true)),
            new int[] {1, 2},
            new byte[] {1, 2},
            Map.of("password", "hunter2", "nested", Map.of("api_key", 1, "n", List.of(0.5))),
            null);

    private static final List<String> KEYS =
            Arrays.asList("", " ", "key", "other", "secret", "nul \0", "k".repeat(300), "ctrlplane.status", null);

    static long[] seeds() {
        var seeds = new Random();
        return seeds.longs(40).toArray();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void spans_areTheSameWithAndWithoutAProcessor(long seed) {
        try (var log = new CapturedLog()) {
            var plain = spans(TestRecorder.builder(), seed);
            var told = spans(
                    TestRecorder.builder().spanProcessor(SimpleSpanProcessor.create(InMemorySpanExporter.create())),
                    seed);

            assertThat(told).isEqualTo(plain);
            assertThat(log.warnings()).hasSizeLessThanOrEqualTo(4);
        }
    }

    private static List<List<Span>> spans(ReconcileTargetBuilder builder, long seed) {
        var random = new Random(seed);
        var recorder = builder.trigger("version.created").start();
        var snapshots = new ArrayList<List<Span>>();
        for (var i = 0; i < 30; i++) {
            act(recorder, random);
            if (random.nextInt(5) == 0) {
                snapshots.add(withoutIds(recorder.spans()));
            }
        }
        recorder.complete(Status.COMPLETED);
        snapshots.add(withoutIds(recorder.spans()));
        return snapshots;
    }

    private static void act(ReconcileTarget recorder, Random random) {
        switch (random.nextInt(6)) {
            case 0 -> recorder.setReleaseId("release " + random.nextInt());
            case 1 ->
                note(recorder.startPlanning().makeDecision("Go", Decision.APPROVED), random)
                        .startEvaluation(" ")
                        .setRule("rule")
                        .setResult(Result.BLOCKED, "No")
                        .setResult(Result.PENDING, "Wait");
            case 2 ->
                note(recorder.startEligibility().startCheck("check"), random)
                        .setResult(CheckResult.FAIL, "No")
                        .end();
            case 3 ->
                note(
                                recorder.startExecution()
                                        .triggerJob("argo", Map.of("token", 1, "n", 2), "job " + random.nextInt()),
                                random)
                        .fail("Gone");
            case 4 ->
                note(recorder.startAction(random.nextBoolean() ? "action" : null), random)
                        .addStep("step", StepResult.FAIL, "No")
                        .end();
            default -> recorder.setAttribute("root", pick(VALUES, random)).addMetadata("root", pick(VALUES, random));
        }
    }

    private static <N extends Node<N>> N note(N node, Random random) {
        for (var i = 0; i < 4; i++) {
            node.setAttribute(pick(KEYS, random), pick(VALUES, random));
            node.addMetadata(pick(KEYS, random), pick(VALUES, random));
        }
        var key = random.nextBoolean() ? "a" : "";
        return node.addMetadata("several", Map.of(key, pick(VALUES.subList(0, 5), random), "b", 2));
    }

    private static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    /** Ids are random: each is replaced by the place of its span. */
    private static List<Span> withoutIds(List<Span> spans) {
        var ids = spans.stream().map(Span::spanId).toList();
        return spans.stream()
                .map(span -> new Span(
                        "trace",
                        String.valueOf(ids.indexOf(span.spanId())),
                        String.valueOf(ids.indexOf(span.parentSpanId())),
                        span.name(),
                        span.startTime(),
                        span.endTime(),
                        Attributes.copyOf(span.attributes().asMap()),
                        span.events()))
                .toList();
    }
}
