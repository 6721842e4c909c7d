package io.deploytrace.benchmarks;

import io.deploytrace.recorder.EligibilityPhase;
import io.deploytrace.recorder.ExecutionPhase;
import io.deploytrace.recorder.PlanningPhase;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.vocabulary.CheckResult;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import io.deploytrace.vocabulary.StepResult;
import java.util.Map;
import java.util.function.Consumer;

/** A reconcile as a controller records it: three phases with their evaluations, checks and decisions, a job, two steps. */
final class Reconcile {

    static final int SPANS = 16;

    private Reconcile() {}

    static ReconcileTarget record() {
        return record(recorder -> {});
    }

    /** Tells the listener of the recorder after each phase. */
    static ReconcileTarget record(Consumer<ReconcileTarget> afterPhase) {
        var recorder = ReconcileTarget.builder(BareSdk.WORKSPACE, BareSdk.TARGET)
                .trigger("version.created")
                .releaseId("rel-2026-11-22")
                .start();
        plan(recorder.startPlanning());
        afterPhase.accept(recorder);
        check(recorder.startEligibility());
        afterPhase.accept(recorder);
        execute(recorder.startExecution());
        recorder.complete(Status.COMPLETED);
        afterPhase.accept(recorder);
        return recorder;
    }

    private static void plan(PlanningPhase planning) {
        for (var policy : new String[] {"Approval Policy", "Deployment Window", "Gradual Rollout"}) {
            planning.startEvaluation(policy)
                    .setRule("rule-4711")
                    .setAttribute("required", 2)
                    .addMetadata("approver", "bob@example.org")
                    .setResult(Result.ALLOWED, "2 of 2 approvals are given")
                    .end();
        }
        planning.makeDecision("All policies allow v1.2.4", Decision.APPROVED);
        planning.makeDecision("v1.2.4 is the newest release", Decision.APPROVED);
        planning.end();
    }

    private static void check(EligibilityPhase eligibility) {
        for (var check : new String[] {"Already Deployed", "Retry Limit", "Concurrency"}) {
            eligibility
                    .startCheck(check)
                    .setAttribute("attempt", 1)
                    .addMetadata("running", 0)
                    .setResult(CheckResult.PASS, "No other job is running")
                    .end();
        }
        eligibility.makeDecision("The target is eligible", Decision.APPROVED);
        eligibility.end();
    }

    private static void execute(ExecutionPhase execution) {
        var job = execution.triggerJob("argo", Map.of("application", "api-service", "revision", "4f2a9c1"), "job-4711");
        job.addMetadata("cluster", "blue").addMetadata("namespace", "production");
        job.end();
        execution
                .startAction("Verification")
                .addStep("Check pods", StepResult.PASS, "3 of 3 are ready")
                .end();
        execution.end();
    }
}
