package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.CheckResult;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import io.deploytrace.vocabulary.StepResult;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What completing does with what is still open. */
class CompletionTest {

    private final ReconcileTarget recorder = TestRecorder.start();

    @Test
    void complete_endsWhatIsOpenWithItsOwnStatus() {
        var planning = recorder.startPlanning();
        planning.startEvaluation("undecided");
        planning.startEvaluation("blocked").setResult(Result.BLOCKED, "No");
        var eligibility = recorder.startEligibility();
        eligibility.startCheck("undecided check");
        eligibility.startCheck("failed check").setResult(CheckResult.FAIL, "No");
        var execution = recorder.startExecution().recordException(new IllegalStateException());
        execution.triggerJob("done", Map.of());
        execution.triggerJob("broken", Map.of()).fail("No");
        recorder.startAction("Verification").addStep("step", StepResult.FAIL, "No");

        recorder.complete(Status.FAILED);

        assertThat(recorder.spans()).noneMatch(Span::isOpen);
        assertThat(recorder.spans())
                .extracting(Span::name, Span::status)
                .containsExactly(
                        tuple("Reconciliation", "failed"),
                        tuple("Planning", "completed"),
                        tuple("undecided", "skipped"),
                        tuple("blocked", "blocked"),
                        tuple("Eligibility", "completed"),
                        tuple("undecided check", "skipped"),
                        tuple("failed check", "failed"),
                        tuple("Execution", "failed"),
                        tuple("Job: done", "completed"),
                        tuple("Job: broken", "failed"),
                        tuple("Verification", "failed"),
                        tuple("step", "failed"));
    }

    @Test
    void complete_endsTheInnermostFirstAndTheRootLast() {
        recorder.startPlanning().startEvaluation("a");
        recorder.complete(Status.COMPLETED);

        var spans = recorder.spans();
        assertThat(spans.get(2).endTime()).isBefore(spans.get(1).endTime());
        assertThat(spans.get(1).endTime()).isBefore(spans.get(0).endTime());
    }

    @Test
    void complete_again_changesNothing() {
        recorder.startPlanning();
        recorder.complete(Status.COMPLETED);
        var before = recorder.spans();

        recorder.complete(Status.FAILED);
        recorder.close();

        assertThat(recorder.spans()).isEqualTo(before);
    }

    @Test
    void close_withoutComplete_isAFailure() {
        recorder.startPlanning();
        recorder.close();

        assertThat(recorder.spans()).extracting(Span::status).containsExactly("failed", "completed");
        assertThat(recorder.spans()).noneMatch(Span::isOpen);
    }

    @Test
    void end_leavesChildrenOpen() {
        var planning = recorder.startPlanning();
        var evaluation = planning.startEvaluation("a");
        planning.end();
        assertThat(recorder.spans()).extracting(Span::isOpen).containsExactly(true, false, true);

        evaluation.setResult(Result.ALLOWED, "Yes").end();

        assertThat(recorder.spans().get(2).status()).isEqualTo("allowed");
    }
}
