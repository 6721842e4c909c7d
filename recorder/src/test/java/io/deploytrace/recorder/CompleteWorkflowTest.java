package io.deploytrace.recorder;

import static io.deploytrace.recorder.TestRecorder.TARGET;
import static io.deploytrace.recorder.TestRecorder.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.recorder.Row.Note;
import io.deploytrace.span.Span;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.vocabulary.CheckResult;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import io.deploytrace.vocabulary.StepResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A deployment from planning to verification: how it is recorded, and every row that comes of it. */
class CompleteWorkflowTest {

    private final CapturingStore store = new CapturingStore();
    private final JobTokens tokens = JobTokens.ofKeys("2024-01:" + TestRecorder.SECRET);
    private Job job;
    private String token;

    // example: complete-workflow
    void reconcile(String workspaceId, String releaseTargetKey, SpanWriter store, JobTokens tokens) {
        try (var reconcile = ReconcileTarget.builder(workspaceId, releaseTargetKey)
                .store(store)
                .tokens(tokens)
                .start()) {

            try (var planning = reconcile.startPlanning()) {
                try (var evaluation = planning.startEvaluation("Approval Policy")) {
                    evaluation.addMetadata("policy_type", "approval");
                    evaluation.addMetadata("required_approvals", 1);
                    evaluation.setResult(Result.ALLOWED, "Approved by alice");
                }
                planning.makeDecision("Deploy approved", Decision.APPROVED);
            }

            try (var eligibility = reconcile.startEligibility()) {
                try (var check = eligibility.startCheck("Already Deployed")) {
                    check.addMetadata("target_version", "v1.2.3");
                    check.setResult(CheckResult.PASS, "Not deployed");
                }
                eligibility.makeDecision("Eligible", Decision.APPROVED);
            }

            try (var execution = reconcile.startExecution();
                    var job = execution.triggerJob("github-action", Map.of("workflow", "deploy.yml"))) {
                job.addMetadata("github_run_id", "8765432109");
                startWorkflow(job, job.token()); // with the token, the workflow records under this job
            }

            try (var verification = reconcile.startAction("Verification")) {
                verification.addStep("Check pods", StepResult.PASS, "3/3 ready");
                verification.addStep("Check endpoints", StepResult.PASS, "200 OK");
            }

            reconcile.complete(Status.COMPLETED);
        } // writes the trace; as failed if an exception ended the block
    }
    // end

    private void startWorkflow(Job job, String token) {
        this.job = job;
        this.token = token;
    }

    @Test
    void completeWorkflow_writesEveryRowOfTheTrace() {
        reconcile(WORKSPACE, TARGET, store, tokens);

        assertThat(Row.of(store.spans()))
                .containsExactly(
                        row(0, "Reconciliation", null, "reconciliation", "phase", "completed", withJob(Map.of())),
                        row(1, "Planning", "Reconciliation", "planning", "phase", "completed", Map.of()),
                        row(
                                2,
                                "Approval Policy",
                                "Planning",
                                "planning",
                                "evaluation",
                                "allowed",
                                Map.of("ctrlplane.result", "allowed", "ctrlplane.message", "Approved by alice"),
                                Note.of("policy_type", Map.of("policy_type", "approval")),
                                Note.of("required_approvals", Map.of("required_approvals", 1L)),
                                verdict("allowed", "Approved by alice")),
                        row(
                                3,
                                "Deploy approved",
                                "Planning",
                                "planning",
                                "decision",
                                "completed",
                                Map.of("ctrlplane.decision", "approved")),
                        row(4, "Eligibility", "Reconciliation", "eligibility", "phase", "completed", Map.of()),
                        row(
                                5,
                                "Already Deployed",
                                "Eligibility",
                                "eligibility",
                                "check",
                                "completed",
                                Map.of("ctrlplane.result", "pass", "ctrlplane.message", "Not deployed"),
                                Note.of("target_version", Map.of("target_version", "v1.2.3")),
                                verdict("pass", "Not deployed")),
                        row(
                                6,
                                "Eligible",
                                "Eligibility",
                                "eligibility",
                                "decision",
                                "completed",
                                Map.of("ctrlplane.decision", "approved")),
                        row(7, "Execution", "Reconciliation", "execution", "phase", "completed", Map.of()),
                        row(
                                8,
                                "Job: github-action",
                                "Execution",
                                "execution",
                                "action",
                                "completed",
                                withJob(Map.of(
                                        "ctrlplane.job_type", "github-action",
                                        "ctrlplane.job_config.workflow", "deploy.yml")),
                                Note.of("github_run_id", Map.of("github_run_id", "8765432109"))),
                        row(9, "Verification", "Reconciliation", "action", "action", "completed", withJob(Map.of())),
                        row(
                                10,
                                "Check pods",
                                "Verification",
                                "action",
                                "action",
                                "completed",
                                withJob(Map.of("ctrlplane.result", "pass", "ctrlplane.message", "3/3 ready"))),
                        row(
                                11,
                                "Check endpoints",
                                "Verification",
                                "action",
                                "action",
                                "completed",
                                withJob(Map.of("ctrlplane.result", "pass", "ctrlplane.message", "200 OK"))));
    }

    @Test
    void completeWorkflow_isOneEndedTraceWhoseIdsAreValid() {
        reconcile(WORKSPACE, TARGET, store, tokens);

        var spans = store.spans();
        assertThat(spans).extracting(Span::traceId).containsOnly(spans.get(0).traceId());
        assertThat(spans).extracting(Span::traceId).allMatch(id -> id.matches("[0-9a-f]{32}"));
        assertThat(spans)
                .extracting(Span::spanId)
                .allMatch(id -> id.matches("[0-9a-f]{16}"))
                .doesNotHaveDuplicates();
        assertThat(spans).noneMatch(Span::isOpen);
        assertThat(store.deadlines.get(0).remaining()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void completeWorkflow_handsOutTheJobsToken() {
        reconcile(WORKSPACE, TARGET, store, tokens);

        var root = store.spans().get(0);
        var jobSpan = store.spans().get(8);
        assertThat(tokens.verify(token).job())
                .isEqualTo(new JobReference(WORKSPACE, root.traceId(), jobSpan.spanId(), job.id(), TARGET, null));
    }

    private Map<String, Object> withJob(Map<String, Object> further) {
        var all = new HashMap<>(further);
        all.put("ctrlplane.job_id", job.id());
        return all;
    }

    private static Note verdict(String result, String message) {
        return Note.of("result", Map.of("ctrlplane.result", result, "ctrlplane.message", message));
    }

    private static Row row(
            int sequence,
            String name,
            String parent,
            String phase,
            String nodeType,
            String status,
            Map<String, Object> further,
            Note... events) {
        var all = new HashMap<>(further);
        all.put("ctrlplane.workspace_id", WORKSPACE);
        all.put("ctrlplane.release_target_key", TARGET);
        var depth = parent == null ? 0 : parent.equals("Reconciliation") ? 1 : 2;
        return new Row(sequence, depth, name, parent, phase, nodeType, status, all, List.of(events));
    }
}
