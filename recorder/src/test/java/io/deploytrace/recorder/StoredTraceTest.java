package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.query.Outcome;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.InMemorySpanStore;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store says about traces that were recorded into it. */
class StoredTraceTest {

    private static final UUID WORKSPACE = UUID.fromString(TestRecorder.WORKSPACE);
    private static final UUID OTHER = UUID.fromString("0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47");

    private final InMemorySpanStore store = new InMemorySpanStore();
    private final Deadline deadline = Deadline.after(Duration.ofMinutes(1));

    @BeforeEach
    void addWorkspaces() {
        store.addWorkspace(WORKSPACE);
        store.addWorkspace(OTHER);
    }

    @Test
    void liveTrace_isOpenUntilALaterPersistCompletesIt() {
        var recorder = TestRecorder.builder().store(store).start();
        var planning = recorder.startPlanning();
        var evaluation = planning.startEvaluation("Approval Policy");

        assertThat(recorder.persist()).isEqualTo(new WriteResult(3, 0, 0));
        assertThat(stored(recorder)).isEqualTo(recorder.spans()).allMatch(Span::isOpen);

        evaluation.setResult(Result.BLOCKED, "No approval").end();
        assertThat(recorder.persist()).isEqualTo(new WriteResult(0, 1, 2));
        assertThat(recorder.persist()).isEqualTo(new WriteResult(0, 0, 3));

        recorder.complete(Status.COMPLETED);
        assertThat(recorder.persist()).isEqualTo(new WriteResult(0, 2, 1));
        assertThat(stored(recorder)).isEqualTo(recorder.spans()).noneMatch(Span::isOpen);
    }

    @Test
    void openTrace_isRefreshedByWhatChangedSince() {
        var recorder = TestRecorder.builder().store(store).start();
        recorder.persist();

        recorder.setReleaseId("release-1").addMetadata("version", "v1.2.3");
        assertThat(recorder.persist()).isEqualTo(new WriteResult(0, 1, 0));

        assertThat(stored(recorder)).isEqualTo(recorder.spans());
        assertThat(stored(recorder).get(0).releaseId()).isEqualTo("release-1");
    }

    @Test
    void traceThatWaits_isSummarisedWithItsCause() {
        var recorder = TestRecorder.builder().store(store).start();
        recorder.startPlanning().startEvaluation("Window").setResult(Result.PENDING, "Opens at 8");
        recorder.complete(Status.COMPLETED);
        recorder.persist();

        var summary = store.summary(WORKSPACE, recorder.traceId(), deadline)
                .orElseThrow()
                .summary();
        assertThat(summary.outcome()).isEqualTo(Outcome.WAITING);
        assertThat(summary.cause().message()).isEqualTo("Opens at 8");
        assertThat(summary.openCount()).isZero();
    }

    @Test
    void traceFromAToken_isFoundUnderItsJob() {
        var tokens = JobTokens.ofKeys("k1:" + TestRecorder.SECRET);
        var parent = TestRecorder.builder().store(store).tokens(tokens).start();
        var job = parent.startExecution().triggerJob("argo", Map.of(), "job-1");
        var external = ReconcileTarget.builder(JobTokens.read(job.token()).job())
                .store(store)
                .start();
        external.close();
        parent.close();

        assertThat(store.traceWithLinked(WORKSPACE, parent.traceId(), deadline))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(parent.spans().stream(), external.spans().stream())
                        .toList());
        assertThat(store.spansOfJob(WORKSPACE, "job-1", deadline))
                .extracting(Span::traceId)
                .containsOnly(parent.traceId(), external.traceId());
    }

    @Test
    void trace_isNotSeenFromAnotherWorkspace() {
        var recorder = TestRecorder.builder().store(store).start();
        recorder.close();

        assertThat(store.trace(OTHER, recorder.traceId(), deadline)).isEmpty();
    }

    @Test
    void trace_ofAnUnknownWorkspace_isRefused() {
        var recorder = ReconcileTarget.builder("11111111-2222-3333-4444-555555555555", "target")
                .store(store)
                .start();

        assertThatThrownBy(recorder::persist)
                .isInstanceOfSatisfying(
                        SpanStoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_WORKSPACE));
    }

    private List<Span> stored(ReconcileTarget recorder) {
        return store.trace(WORKSPACE, recorder.traceId(), deadline);
    }
}
