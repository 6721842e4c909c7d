package io.deploytrace.cli;

import io.deploytrace.recorder.Evaluation;
import io.deploytrace.recorder.PlanningPhase;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Records the planning phase of the demonstration's reconciles: which policies there are, and what they say. */
final class DemoPolicies {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final DemoClock clock;
    private final Instant endOfDay;

    DemoPolicies(DemoClock clock, Instant endOfDay) {
        this.clock = clock;
        this.endOfDay = endOfDay;
    }

    /** Whether the policies allow the deployment. */
    boolean record(ReconcileTarget trace, DemoReconcile reconcile) {
        try (var planning = trace.startPlanning()) {
            var allowed = !evaluate(planning, reconcile).contains(false);
            clock.advance(Duration.ofMillis(2));
            planning.makeDecision(
                    allowed ? "Deploy " + reconcile.version() : "Don't deploy " + reconcile.version(),
                    allowed ? Decision.APPROVED : Decision.REJECTED);
            return allowed;
        }
    }

    /** All policies that apply, each with its own verdict: the first objection doesn't hide the others. */
    private List<Boolean> evaluate(PlanningPhase planning, DemoReconcile reconcile) {
        var verdicts = new ArrayList<Boolean>();
        if (!reconcile.environment().equals("development")) {
            verdicts.add(progression(planning, reconcile));
        }
        if (reconcile.environment().startsWith("production")) {
            verdicts.add(approval(planning, reconcile));
            verdicts.add(freeze(planning, reconcile));
            verdicts.add(window(planning, reconcile));
        }
        verdicts.add(concurrency(planning, reconcile));
        return verdicts;
    }

    private boolean progression(PlanningPhase planning, DemoReconcile reconcile) {
        var before = before(reconcile.environment());
        var healthy = reconcile.plot() != DemoPlot.SOAKING;
        try (var evaluation = start(planning, "Environment Progression", "environment-progression")) {
            evaluation.addMetadata("depends_on", before);
            evaluation.addMetadata("soak_time", "30 m");
            if (healthy) {
                return allow(evaluation, reconcile.version() + " is healthy in " + before + " for more than 30 m");
            }
            var minutes = 5 + reconcile.number() % 20;
            return wait(
                    evaluation,
                    reconcile.version() + " is healthy in " + before + " for " + minutes + " m of 30 m",
                    Duration.ofMinutes(30 - minutes));
        }
    }

    private boolean approval(PlanningPhase planning, DemoReconcile reconcile) {
        var approvers = approvers(reconcile.plot());
        try (var evaluation = start(planning, "Approval Policy", "production-approval")) {
            evaluation.addMetadata("required_approvals", 2);
            evaluation.addMetadata("approved_by", approvers);
            evaluation.addMetadata("may_approve", "group release-managers");
            if (approvers.size() == 2) {
                return allow(evaluation, "Approved by " + String.join(" and ", approvers));
            }
            var names = approvers.isEmpty() ? "" : " (" + String.join(", ", approvers) + ")";
            return block(evaluation, approvers.size() + " of 2 approvals" + names);
        }
    }

    private boolean freeze(PlanningPhase planning, DemoReconcile reconcile) {
        try (var evaluation = start(planning, "Change Freeze", "change-freeze")) {
            if (reconcile.plot() != DemoPlot.FREEZE) {
                return allow(evaluation, "No freeze is in force");
            }
            var until = endOfDay.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(3));
            evaluation.addMetadata("calendar", "finance/quarter-end");
            evaluation.addMetadata("until", until);
            evaluation.addMetadata("exempt", List.of("security-fix"));
            evaluation.setNextEvaluation(until);
            return block(evaluation, "Quarter-end freeze of the ledger, for 3 days");
        }
    }

    private boolean window(PlanningPhase planning, DemoReconcile reconcile) {
        try (var evaluation = start(planning, "Deployment Window", "deployment-window")) {
            if (reconcile.plot() != DemoPlot.OUTSIDE_WINDOW) {
                evaluation.addMetadata("window", "always");
                return allow(evaluation, "The window is open");
            }
            var opens = endOfDay.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(4));
            var window = CLOCK.format(opens) + "–" + CLOCK.format(opens.plus(Duration.ofHours(2))) + " UTC";
            evaluation.addMetadata("window", window);
            return wait(evaluation, "Outside the window " + window, Duration.between(clock.instant(), opens));
        }
    }

    private boolean concurrency(PlanningPhase planning, DemoReconcile reconcile) {
        var running = reconcile.plot() == DemoPlot.NO_SLOT ? 5 : reconcile.number() % 5;
        try (var evaluation = start(planning, "Concurrency Limit", "concurrency-limit")) {
            evaluation.addMetadata("limit", 5);
            evaluation.addMetadata("running", running);
            var message = running + " of 5 slots are in use";
            return running < 5 ? allow(evaluation, message) : wait(evaluation, message, Duration.ofMinutes(10));
        }
    }

    private Evaluation start(PlanningPhase planning, String name, String rule) {
        var evaluation = planning.startEvaluation(name);
        evaluation.setRule(rule);
        clock.advance(Duration.ofMillis(3 + name.length() % 5));
        return evaluation;
    }

    private static boolean allow(Evaluation evaluation, String message) {
        evaluation.setResult(Result.ALLOWED, message);
        return true;
    }

    private static boolean block(Evaluation evaluation, String message) {
        evaluation.setResult(Result.BLOCKED, message);
        return false;
    }

    private boolean wait(Evaluation evaluation, String message, Duration until) {
        evaluation.setNextEvaluation(clock.instant().plus(until));
        evaluation.setResult(Result.PENDING, message);
        return false;
    }

    private static List<String> approvers(DemoPlot plot) {
        return switch (plot) {
            case NO_APPROVAL -> List.of();
            case HALF_APPROVED -> List.of("alice");
            default -> List.of("alice", "bob");
        };
    }

    private static String before(String environment) {
        var index = DemoDay.ENVIRONMENTS.indexOf(environment);
        return DemoDay.ENVIRONMENTS.get(index - 1);
    }
}
