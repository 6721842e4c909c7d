package io.deploytrace.browser;

import io.deploytrace.recorder.PlanningPhase;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Targets of which an answer can tell most: one waits for a slot that a job holds, what blocks another comes and goes. */
final class Situations {

    static final String WAITING = "catalog-production-us";
    static final String HOLDER = "deploy-search-4711";
    static final String FLAPPING = "notifications-staging";

    private final UUID workspaceId;
    private final SpanWriter store;
    private final Instant now = Instant.now();

    private Situations(UUID workspaceId, SpanWriter store) {
        this.workspaceId = workspaceId;
        this.store = store;
    }

    /** Records it. */
    static void record(UUID workspaceId, SpanWriter store) {
        var situations = new Situations(workspaceId, store);
        situations.deployed();
        situations.begun();
        for (var ago : List.of(Duration.ofMinutes(20), Duration.ofMinutes(10))) {
            situations.waiting(ago);
        }
        for (var minutes = 60; minutes > 0; minutes -= 10) {
            situations.looked(Duration.ofMinutes(minutes), minutes % 20 == 0 ? Result.ALLOWED : Result.BLOCKED);
        }
    }

    private ReconcileTarget reconcile(Duration ago, String target, String release) {
        return ReconcileTarget.builder(workspaceId.toString(), target)
                .releaseId(release)
                .trigger("schedule")
                .store(store)
                .clock(Clock.fixed(now.minus(ago), ZoneOffset.UTC))
                .start();
    }

    private static void plan(ReconcileTarget reconcile, Consumer<PlanningPhase> evaluations, Decision decision) {
        try (var planning = reconcile.startPlanning()) {
            try (var approval = planning.startEvaluation("Approval Policy")) {
                approval.addMetadata("approved_by", List.of("alice", "bob"));
                approval.setResult(Result.ALLOWED, "2 of 2 approvals");
            }
            evaluations.accept(planning);
            planning.makeDecision(decision == Decision.APPROVED ? "Deploy" : "Don't deploy", decision);
        }
    }

    private void deployed() {
        try (var reconcile = reconcile(Duration.ofHours(18), WAITING, "catalog@v2.19.7")) {
            plan(reconcile, planning -> limit(planning, Result.ALLOWED, "1 of 2 slots is taken", 1), Decision.APPROVED);
            try (var execution = reconcile.startExecution();
                    var job = execution.triggerJob(
                            "github-action", Map.of("workflow", "deploy.yml"), "deploy-catalog-1")) {
                job.addMetadata("runner", "us-east-2");
            }
            reconcile.complete(Status.COMPLETED);
        }
    }

    private static void limit(PlanningPhase planning, Result result, String message, int running) {
        try (var limit = planning.startEvaluation("Concurrency Limit").setRule("concurrency-limit")) {
            limit.addMetadata("limit", 2).addMetadata("running", running);
            limit.setResult(result, message);
        }
    }

    /** It is under way: what is recorded so far is written, and its recorder is left alone. */
    @SuppressWarnings("MustBeClosedChecker")
    private void begun() {
        var reconcile = reconcile(Duration.ofHours(9), "search-production-us", "search@v2.4.3");
        plan(reconcile, planning -> {}, Decision.APPROVED);
        reconcile.startExecution().triggerJob("github-action", Map.of("workflow", "deploy.yml"), HOLDER);
        reconcile.persist();
    }

    private void waiting(Duration ago) {
        try (var reconcile = reconcile(ago, WAITING, "catalog@v2.19.8")) {
            plan(reconcile, this::waitForASlot, Decision.REJECTED);
            reconcile.complete(Status.COMPLETED);
        }
    }

    private void waitForASlot(PlanningPhase planning) {
        try (var limit = planning.startEvaluation("Concurrency Limit").setRule("concurrency-limit")) {
            limit.addMetadata("limit", 2)
                    .addMetadata("running", 2)
                    .addMetadata("held_by", List.of(HOLDER))
                    .addMetadata("owner", "platform-on-call");
            limit.setNextEvaluation(now.plus(Duration.ofMinutes(7)));
            limit.setResult(Result.PENDING, "Too many deployments to us-east-2");
        }
    }

    private void looked(Duration ago, Result result) {
        try (var reconcile = reconcile(ago, FLAPPING, "notifications@v1.8.10")) {
            try (var planning = reconcile.startPlanning()) {
                try (var health = planning.startEvaluation("Target Health").setRule("target-health")) {
                    health.setResult(
                            result, result == Result.ALLOWED ? "3 of 3 nodes are ready" : "1 of 3 nodes is ready");
                }
                planning.makeDecision("Deploy", result == Result.ALLOWED ? Decision.APPROVED : Decision.REJECTED);
            }
            reconcile.complete(Status.COMPLETED);
        }
    }
}
