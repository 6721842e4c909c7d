package io.deploytrace.benchmarks;

import io.deploytrace.recorder.ExecutionPhase;
import io.deploytrace.recorder.PlanningPhase;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.CheckResult;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import io.deploytrace.vocabulary.StepResult;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One reconcile as a controller records it, of 16 spans: the root, 3 phases, 3 evaluations, 3 checks, 3 decisions, a
 * job and its 2 steps; about 12 attributes and 2 events a span.
 */
final class WorkloadTrace {

    /** How many spans it has when it is complete. */
    static final int SPANS = 16;

    private static final String STEPS = "Verification";
    private static final String[] WORDS = {
        "approval",
        "cluster",
        "deployment",
        "environment",
        "healthy",
        "latest",
        "matches",
        "policy",
        "production",
        "replica",
        "resource",
        "rollout",
        "selector",
        "target",
        "version",
        "window"
    };
    private static final int WORDS_OF_A_DETAIL = 30;

    private final Random random;
    private final ReconcileTarget target;
    private final String version;
    private final List<List<Span>> snapshots = new ArrayList<>();

    private WorkloadTrace(Random random, UUID workspaceId, int targetNumber, InstantSource clock) {
        this.random = random;
        this.version = "v1." + random.nextInt(40) + "." + random.nextInt(20);
        this.target = ReconcileTarget.builder(workspaceId.toString(), "service-" + targetNumber + "-production")
                .trigger("version.created")
                .releaseId("release-" + targetNumber + "-" + version)
                .clock(clock)
                .start();
    }

    /** The spans of a complete reconcile. */
    static List<Span> complete(Random random, UUID workspaceId, int targetNumber, InstantSource clock) {
        var snapshots = growing(random, workspaceId, targetNumber, clock);
        return snapshots.get(snapshots.size() - 1);
    }

    /** All spans after the planning, after the eligibility, and at the end. */
    static List<List<Span>> growing(Random random, UUID workspaceId, int targetNumber, InstantSource clock) {
        var reconcile = new WorkloadTrace(random, workspaceId, targetNumber, clock);
        reconcile.record();
        return reconcile.snapshots;
    }

    private void record() {
        target.addMetadata(
                "controller",
                Map.of("replica", "controller-" + random.nextInt(4), "queue_depth", 17, "detail", detail()));
        target.addMetadata("version", version);
        annotate("revision");
        plan();
        snapshot();
        check();
        snapshot();
        execute();
        target.complete(Status.COMPLETED);
        snapshot();
    }

    private void annotate(String key) {
        target.setAttribute(key, hex()).setAttribute("source.repository", "https://git.example.com/shop/service");
    }

    private void plan() {
        try (var planning = target.startPlanning()) {
            planning.setAttribute("policies", 3).addMetadata("candidates", List.of(version, "v1.0.0"));
            planning.setAttribute("source.commit", hex()).addMetadata("selector", detail());
            for (var policy : List.of("Approval Policy", "Gradual Rollout", "Maintenance Window")) {
                evaluate(planning, policy);
            }
            planning.makeDecision("Version " + version + " is wanted: " + detail(), Decision.APPROVED);
            planning.makeDecision(
                    "All 3 policies allow the deployment of " + version + ": " + detail(), Decision.APPROVED);
        }
    }

    private void evaluate(PlanningPhase planning, String policy) {
        try (var evaluation = planning.startEvaluation(policy)) {
            evaluation.setRule("rule-" + hex());
            evaluation
                    .setAttribute("policy.owner", "team-platform")
                    .setAttribute("policy.revision", random.nextInt(50));
            evaluation.addMetadata(
                    "policy",
                    Map.of(
                            "required_approvals",
                            2,
                            "approvers",
                            List.of("alice@example.com", "bob@example.com"),
                            "environment",
                            "production",
                            "selector",
                            "metadata.tier == 'critical' && region == 'eu-central-1'"));
            evaluation.setResult(
                    Result.ALLOWED, "Allowed for " + version + ": 2 of 2 approvals were given: " + detail());
        }
    }

    private void check() {
        try (var eligibility = target.startEligibility()) {
            eligibility.setAttribute("checks", 3).setAttribute("source.commit", hex());
            eligibility.addMetadata(
                    "resource",
                    Map.of("kind", "kubernetes", "namespace", "shop", "cluster", "eu-1", "detail", detail()));
            eligibility.addMetadata("current_version", "v1.0.0");
            for (var name : List.of("Already Deployed", "Job In Progress", "Retry Limit")) {
                try (var check = eligibility.startCheck(name)) {
                    check.setAttribute("check.revision", random.nextInt(50)).setAttribute("check.id", hex());
                    check.addMetadata("observed", Map.of("target_version", version, "running_jobs", 0, "state", hex()));
                    check.setResult(
                            CheckResult.PASS, name + " doesn't stand in the way of " + version + ": " + detail());
                }
            }
            eligibility.makeDecision("The target is eligible for " + version + ": " + detail(), Decision.APPROVED);
        }
    }

    private void execute() {
        try (var execution = target.startExecution()) {
            execution.setAttribute("source.commit", hex()).setAttribute("attempt", 1);
            execution.addMetadata("dispatcher", Map.of("kind", "github", "installation", 4_711, "detail", detail()));
            execution.addMetadata("rollout", "gradual");
            deploy(execution);
        }
    }

    private void deploy(ExecutionPhase execution) {
        var config = Map.of("workflow", "deploy.yml", "repository", "shop/service", "ref", version);
        try (var job = execution.triggerJob("github-action", config, "job-" + hex());
                var verification = execution.startAction(STEPS)) {
            job.addMetadata("github_run_id", hex())
                    .addMetadata("runner", Map.of("labels", List.of("linux", "x64"), "detail", detail()));
            verification.addStep(
                    "Check pods", StepResult.PASS, "3 of 3 pods of " + version + " are ready: " + detail());
            verification.addStep("Check endpoints", StepResult.PASS, "All 12 endpoints answer 200 OK: " + detail());
        }
    }

    /** What a program has to say about it. */
    private String detail() {
        return random.ints(WORDS_OF_A_DETAIL, 0, WORDS.length)
                .mapToObj(word -> WORDS[word])
                .collect(Collectors.joining(" "));
    }

    private String hex() {
        return Long.toHexString(random.nextLong());
    }

    /** The steps stand right under the job. */
    private void snapshot() {
        var spans = target.spans();
        var steps = spans.stream().filter(span -> span.name().equals(STEPS)).findAny();
        snapshots.add(steps.isEmpty() ? spans : withoutSpan(spans, steps.get()));
    }

    private static List<Span> withoutSpan(List<Span> spans, Span left) {
        var job = spans.stream()
                .filter(span -> span.name().startsWith("Job: "))
                .findAny()
                .orElseThrow();
        return spans.stream()
                .filter(span -> !span.spanId().equals(left.spanId()))
                .map(span -> left.spanId().equals(span.parentSpanId())
                        ? withIds(span, span.traceId(), span.spanId(), job.spanId())
                        : span)
                .toList();
    }

    /** The same span under other ids. */
    static Span withIds(Span span, String traceId, String spanId, @Nullable String parentId) {
        return new Span(
                traceId,
                spanId,
                parentId,
                span.name(),
                span.startTime(),
                span.endTime(),
                span.attributes(),
                span.events());
    }
}
