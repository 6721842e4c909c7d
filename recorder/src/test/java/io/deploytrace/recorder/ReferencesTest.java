package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.Status;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which spans carry the ids of the release and of the job. */
class ReferencesTest {

    private final ReconcileTarget recorder = TestRecorder.start();

    @Test
    void releaseId_ofTheBuilder_isOnEverySpan() {
        var released = TestRecorder.builder().releaseId("release-1").start();
        released.startPlanning().startEvaluation("a");

        assertThat(released.spans()).extracting(Span::releaseId).containsOnly("release-1");
    }

    @Test
    void setReleaseId_isOnOpenAndLaterSpansAndNotOnEndedOnes() {
        var planning = recorder.startPlanning();
        planning.startEvaluation("before").end();

        recorder.setReleaseId("release-1");
        planning.startEvaluation("after");

        assertThat(recorder.spans())
                .extracting(Span::releaseId)
                .containsExactly("release-1", "release-1", null, "release-1");
    }

    @Test
    void setReleaseId_again_replacesTheFormerOne() {
        recorder.startPlanning().end();
        recorder.setReleaseId("release-1");
        recorder.startEligibility().end();
        recorder.setReleaseId("release-2");

        assertThat(recorder.spans()).extracting(Span::releaseId).containsExactly("release-2", null, "release-1");
    }

    @Test
    void jobId_isOnTheRootTheJobAndWhatStartsLater() {
        recorder.startPlanning();
        var execution = recorder.startExecution();

        execution.triggerJob("argo", Map.of(), "job-1").addMetadata("run", 1);
        recorder.startAction("Verification");

        assertThat(recorder.spans()).extracting(Span::jobId).containsExactly("job-1", null, null, "job-1", "job-1");
    }

    @Test
    void jobId_ofTheSecondJob_isOnLaterSpansAndTheRootKeepsTheFirst() {
        var execution = recorder.startExecution();
        execution.triggerJob("argo", Map.of(), "job-1");
        execution.startAction("between");
        execution.triggerJob("argo", Map.of(), "job-2");
        execution.startAction("after");

        assertThat(recorder.spans())
                .extracting(Span::jobId)
                .containsExactly("job-1", null, "job-1", "job-1", "job-2", "job-2");
    }

    @Test
    void jobId_ofTheBuilder_isOnEverySpanUntilAJobIsTriggered() {
        var within = TestRecorder.builder().jobId("job-0").start();
        within.startExecution().triggerJob("argo", Map.of(), "job-1");

        assertThat(within.spans()).extracting(Span::jobId).containsExactly("job-0", "job-0", "job-1");
    }

    @Test
    void jobId_thatWasNotGiven_isAUuidOfItsOwn() {
        var execution = recorder.startExecution();

        var first = execution.triggerJob("argo", Map.of());
        var second = execution.triggerJob("argo", Map.of());

        assertThat(UUID.fromString(first.id())).isNotEqualTo(UUID.fromString(second.id()));
        assertThat(recorder.spans()).extracting(Span::jobId).containsExactly(first.id(), null, first.id(), second.id());
    }

    @Test
    void endedSpans_dontChange() {
        var planning = recorder.startPlanning();
        planning.end();
        var before = recorder.spans().get(1);

        recorder.setReleaseId("release-1");
        recorder.startExecution().triggerJob("argo", Map.of(), "job-1");
        planning.addMetadata("late", 1).setAttribute("late", 1).recordException(new IllegalStateException());
        planning.end();
        recorder.complete(Status.COMPLETED);

        assertThat(recorder.spans().get(1)).isEqualTo(before);
    }
}
