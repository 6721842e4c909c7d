package io.deploytrace.cli;

import io.deploytrace.recorder.ExecutionPhase;
import io.deploytrace.recorder.Job;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.vocabulary.CheckResult;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.StepResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Records what follows the planning phase in the demonstration's reconciles: checks, the job, its verification. */
final class DemoRollout {

    private final DemoClock clock;

    DemoRollout(DemoClock clock) {
        this.clock = clock;
    }

    /** Whether the target may be deployed to. */
    boolean checkEligibility(ReconcileTarget trace, DemoReconcile reconcile) {
        try (var eligibility = trace.startEligibility()) {
            try (var check = eligibility.startCheck("Already Deployed")) {
                check.addMetadata("target_version", reconcile.version());
                check.addMetadata("deployed_version", reconcile.previous());
                clock.advance(Duration.ofMillis(4));
                check.setResult(CheckResult.PASS, reconcile.previous() + " is deployed");
            }
            var eligible = true;
            try (var check = eligibility.startCheck("Target Health")) {
                eligible = reconcile.plot() != DemoPlot.UNHEALTHY_TARGET;
                check.addMetadata("cluster", cluster(reconcile));
                check.addMetadata("nodes_ready", eligible ? 3 : 1);
                check.addMetadata("nodes", 3);
                clock.advance(Duration.ofMillis(31));
                check.setResult(
                        eligible ? CheckResult.PASS : CheckResult.FAIL,
                        (eligible ? "3" : "1") + " of 3 nodes of " + cluster(reconcile) + " are ready");
            }
            try (var check = eligibility.startCheck("Retry Limit")) {
                var exhausted = reconcile.plot() == DemoPlot.RETRIES_EXHAUSTED;
                eligible &= !exhausted;
                check.addMetadata(
                        "attempts", exhausted ? 3 : reconcile.trigger().equals("job.retried") ? 1 : 0);
                check.addMetadata("limit", 3);
                check.setResult(
                        exhausted ? CheckResult.FAIL : CheckResult.PASS,
                        exhausted
                                ? "3 of 3 attempts of " + reconcile.version() + " failed"
                                : "Attempts are left for " + reconcile.version());
            }
            eligibility.makeDecision(
                    eligible ? "Eligible" : "Not eligible", eligible ? Decision.APPROVED : Decision.REJECTED);
            return eligible;
        }
    }

    /** Triggers the job that deploys; its caller ends it. */
    Job trigger(ExecutionPhase execution, DemoReconcile reconcile) {
        var job = execution.triggerJob(jobType(reconcile), configuration(reconcile), jobId(reconcile));
        job.addMetadata("github_run_id", "87654" + (30_000 + reconcile.number()));
        job.addMetadata("requested_by", "deploy-controller");
        clock.advance(Duration.ofMillis(420));
        return job;
    }

    private static String jobType(DemoReconcile reconcile) {
        return reconcile.plot() == DemoPlot.DEPLOYED ? "argo-cd" : "github-action";
    }

    static String jobId(DemoReconcile reconcile) {
        return "deploy-" + reconcile.service() + "-" + reconcile.environment() + "-" + (4_000 + reconcile.number());
    }

    private static Map<String, String> configuration(DemoReconcile reconcile) {
        var configuration = new LinkedHashMap<String, String>();
        if (jobType(reconcile).equals("argo-cd")) {
            configuration.put("application", reconcile.target());
            configuration.put("revision", reconcile.version());
        } else {
            configuration.put("repository", "acme/" + reconcile.service());
            configuration.put("workflow", "deploy.yml");
            configuration.put("ref", reconcile.version());
        }
        return configuration;
    }

    /** Verifies what was deployed, and puts the version before back if it isn't well. */
    void verify(ReconcileTarget trace, DemoReconcile reconcile) {
        var well = reconcile.plot() != DemoPlot.ROLLED_BACK;
        try (var verification = trace.startAction("Verification")) {
            clock.advance(Duration.ofSeconds(20));
            verification.addStep("Check pods", StepResult.PASS, "3/3 ready");
            clock.advance(Duration.ofSeconds(well ? 4 : 60));
            verification.addStep(
                    "Check error rate",
                    well ? StepResult.PASS : StepResult.FAIL,
                    well ? "0.02 % of requests" : "4.1 % of requests fail, allowed are 0.5 %");
        }
        if (!well) {
            try (var rollback = trace.startAction("Rollback")) {
                rollback.addMetadata("to_version", reconcile.previous());
                clock.advance(Duration.ofSeconds(38));
                rollback.addStep("Restore " + reconcile.previous(), StepResult.PASS, "3/3 ready");
            }
        }
    }

    private static String cluster(DemoReconcile reconcile) {
        return switch (reconcile.environment()) {
            case "production" -> "eu-west-1-blue";
            case "production-us" -> "us-east-2-blue";
            default -> "eu-west-1-" + reconcile.environment();
        };
    }
}
