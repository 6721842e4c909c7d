package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.CheckResult;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import io.deploytrace.vocabulary.StepResult;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One recorder used by 64 threads at once. */
@Timeout(60)
class ConcurrencyTest {

    private static final int THREADS = 64;
    private static final int ROUNDS = 50;

    private final ReconcileTarget recorder =
            TestRecorder.builder().clock(InstantSource.system()).start();

    @Test
    void startsOf64Threads_areCountedWithoutGapsAndNothingIsLost() throws Exception {
        var planning = recorder.startPlanning();
        var eligibility = recorder.startEligibility();
        var action = recorder.startAction("Verification");

        inThreads(thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                var name = thread + "/" + round;
                planning.startEvaluation("evaluation " + name)
                        .addMetadata("thread", thread)
                        .setResult(Result.ALLOWED, name)
                        .end();
                eligibility
                        .startCheck("check " + name)
                        .setResult(CheckResult.PASS, name)
                        .end();
                action.addStep("step " + name, StepResult.PASS, name);
            }
        });
        recorder.complete(Status.COMPLETED);

        var spans = recorder.spans();
        assertThat(spans).hasSize(4 + 3 * THREADS * ROUNDS);
        assertThat(spans)
                .extracting(Span::sequence)
                .containsExactlyElementsOf(
                        IntStream.range(0, spans.size()).boxed().toList());
        assertThat(spans).extracting(Span::spanId).doesNotHaveDuplicates();
        assertThat(spans).extracting(Span::startTime).isSorted();
        assertThat(spans).noneMatch(Span::isOpen);
        assertChildren(spans, planning.spanId(), "evaluation", "allowed", 2);
        assertChildren(spans, eligibility.spanId(), "check", "completed", 1);
        assertChildren(spans, action.spanId(), "step", "completed", 0);
    }

    private static void assertChildren(List<Span> spans, String parent, String kind, String status, int events) {
        var children = spans.stream()
                .filter(span -> parent.equals(span.parentSpanId()))
                .toList();
        assertThat(children).hasSize(THREADS * ROUNDS);
        assertThat(children).extracting(Span::name).doesNotHaveDuplicates().allMatch(name -> name.startsWith(kind));
        assertThat(children).extracting(Span::depth).containsOnly(2);
        assertThat(children).extracting(Span::status).containsOnly(status);
        assertThat(children).allMatch(span -> span.events().size() == events);
    }

    @Test
    void persistWhileOthersRecord_seesEachSpanWholeAndInOrder() throws Exception {
        var planning = recorder.startPlanning();
        var snapshots = new ArrayList<List<Span>>();
        inThreads(thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                planning.startEvaluation("evaluation")
                        .setResult(Result.ALLOWED, "Yes")
                        .end();
                if (thread == 0) {
                    snapshots.add(recorder.spans());
                }
            }
        });

        for (var snapshot : snapshots) {
            assertThat(snapshot)
                    .extracting(Span::sequence)
                    .containsExactlyElementsOf(
                            IntStream.range(0, snapshot.size()).boxed().toList());
            assertThat(snapshot.stream().filter(span -> span.depth() == 2 && !span.isOpen()))
                    .allMatch(span ->
                            span.status().equals("allowed") && span.events().size() == 1);
        }
    }

    @Test
    void completeWhileOthersRecord_endsEverySpanThatWasStarted() throws Exception {
        var planning = recorder.startPlanning();
        try (var log = new CapturedLog()) {
            inThreads(thread -> {
                for (int round = 0; round < ROUNDS; round++) {
                    planning.startEvaluation("evaluation").addMetadata("round", round);
                    if (thread == 0 && round == ROUNDS / 2) {
                        recorder.complete(Status.COMPLETED);
                    }
                }
            });
            assertThat(log.warnings()).hasSizeLessThanOrEqualTo(1);
        }

        var spans = recorder.spans();
        var root = spans.get(0);
        assertThat(spans)
                .noneMatch(Span::isOpen)
                .noneMatch(span -> span.endTime().isAfter(root.endTime()));
        assertThat(spans).noneMatch(span -> span.startTime().isAfter(span.endTime()));
    }

    @Test
    void jobsOf64Threads_haveIdsOfTheirOwnAndTheRootHasTheFirst() throws Exception {
        var execution = recorder.startExecution();
        inThreads(thread ->
                execution.triggerJob("argo", Map.of(), "job-" + thread).end());

        var spans = recorder.spans();
        var jobs = spans.subList(2, spans.size());
        assertThat(jobs.stream().map(Span::jobId).collect(Collectors.toSet())).hasSize(THREADS);
        assertThat(spans.get(0).jobId()).isEqualTo(jobs.get(0).jobId());
    }

    @Test
    void recordersOf64Threads_areTracesOfTheirOwn() throws Exception {
        var traces = new ConcurrentHashMap<String, List<Span>>();
        inThreads(thread -> {
            for (int round = 0; round < ROUNDS; round++) {
                var own = TestRecorder.start();
                own.startPlanning().startEvaluation("evaluation").end();
                own.complete(Status.COMPLETED);
                traces.put(own.traceId(), own.spans());
            }
        });

        assertThat(traces).hasSize(THREADS * ROUNDS);
        traces.forEach((trace, spans) -> {
            assertThat(spans).hasSize(3).extracting(Span::traceId).containsOnly(trace);
            assertThat(spans).extracting(Span::sequence).containsExactly(0, 1, 2);
        });
    }

    /** Runs the task in 64 threads that start at once, and fails with the first failure of one. */
    private static void inThreads(IntConsumer task) throws Exception {
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            var start = new CountDownLatch(1);
            Function<Integer, Future<?>> submit = thread -> threads.submit(() -> {
                start.await();
                task.accept(thread);
                return null;
            });
            var futures = IntStream.range(0, THREADS).boxed().map(submit).toList();
            start.countDown();
            for (var future : futures) {
                future.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
