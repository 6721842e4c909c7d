package io.deploytrace.cli;

import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.vocabulary.CheckResult;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import io.deploytrace.vocabulary.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Records one complete deployment, from planning to verification, as a controller would. */
final class DemoWorkflow {

    static final String TARGET = "api-service-production";

    private static final Duration DURATION = Duration.ofSeconds(38);

    private final DemoClock clock;

    private DemoWorkflow(DemoClock clock) {
        this.clock = clock;
    }

    /** Records it into the store, as one that ended at the time, and returns the id of its trace. */
    static String record(String workspaceId, SpanWriter store, Instant end) {
        return new DemoWorkflow(new DemoClock(end.minus(DURATION))).record(workspaceId, store);
    }

    private String record(String workspaceId, SpanWriter store) {
        try (var reconcile = ReconcileTarget.builder(workspaceId, TARGET)
                .store(store)
                .releaseId("api-service@v1.2.3")
                .trigger("version.created")
                .clock(clock)
                .start()) {
            plan(reconcile);
            checkEligibility(reconcile);
            try (var execution = reconcile.startExecution();
                    var job = execution.triggerJob("github-action", Map.of("workflow", "deploy.yml"))) {
                job.addMetadata("github_run_id", "8765432109");
                clock.advance(Duration.ofSeconds(29));
            }
            try (var verification = reconcile.startAction("Verification")) {
                clock.advance(Duration.ofMillis(6_300));
                verification.addStep("Check pods", StepResult.PASS, "3/3 ready");
                clock.advance(Duration.ofMillis(2_400));
                verification.addStep("Check endpoints", StepResult.PASS, "200 OK");
            }
            reconcile.complete(Status.COMPLETED);
            reconcile.persist();
            return reconcile.traceId();
        }
    }

    private void plan(ReconcileTarget reconcile) {
        try (var planning = reconcile.startPlanning()) {
            try (var evaluation = planning.startEvaluation("Approval Policy")) {
                evaluation.addMetadata("policy_type", "approval");
                evaluation.addMetadata("required_approvals", 1);
                clock.advance(Duration.ofMillis(12));
                evaluation.setResult(Result.ALLOWED, "Approved by alice");
            }
            planning.makeDecision("Deploy approved", Decision.APPROVED);
        }
    }

    private void checkEligibility(ReconcileTarget reconcile) {
        try (var eligibility = reconcile.startEligibility()) {
            try (var check = eligibility.startCheck("Already Deployed")) {
                check.addMetadata("target_version", "v1.2.3");
                clock.advance(Duration.ofMillis(4));
                check.setResult(CheckResult.PASS, "Not deployed");
            }
            eligibility.makeDecision("Eligible", Decision.APPROVED);
        }
    }
}
