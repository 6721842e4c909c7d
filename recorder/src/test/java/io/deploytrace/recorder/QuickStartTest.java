package io.deploytrace.recorder;

import static io.deploytrace.recorder.TestRecorder.TARGET;
import static io.deploytrace.recorder.TestRecorder.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.deploytrace.span.Span;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import org.junit.jupiter.api.Test;

/** The first recording that a reader of the manual makes. */
class QuickStartTest {

    // example: quick-start
    void reconcile(String workspaceId, String releaseTargetKey, SpanWriter store) {
        try (var reconcile = ReconcileTarget.builder(workspaceId, releaseTargetKey)
                .store(store)
                .start()) {

            try (var planning = reconcile.startPlanning()) {
                try (var evaluation = planning.startEvaluation("Approval Policy")) {
                    evaluation.addMetadata("approver", "alice");
                    evaluation.setResult(Result.ALLOWED, "Approved");
                }
                planning.makeDecision("Deploy approved", Decision.APPROVED);
            }

            reconcile.complete(Status.COMPLETED);
        } // close() writes the trace
    }
    // end

    @Test
    void quickStart_writesTheTrace() {
        var store = new CapturingStore();

        reconcile(WORKSPACE, TARGET, store);

        assertThat(store.spans())
                .extracting(Span::name, Span::status)
                .containsExactly(
                        tuple("Reconciliation", "completed"),
                        tuple("Planning", "completed"),
                        tuple("Approval Policy", "allowed"),
                        tuple("Deploy approved", "completed"));
    }
}
