package io.deploytrace.query;

import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the outcome of one trace by the rules that {@link Outcome} states. Linear in the number of steps. */
final class OutcomeRules {

    private static final Map<Phase, Outcome> REJECTED_IN = Map.of(
            Phase.ELIGIBILITY, Outcome.INELIGIBLE,
            Phase.EXECUTION, Outcome.FAILED,
            Phase.ACTION, Outcome.FAILED,
            Phase.EXTERNAL, Outcome.FAILED);

    private OutcomeRules() {}

    /** The outcome of the steps of one trace, which are in sequence. */
    static Finding find(List<Step> steps) {
        if (isExternal(steps)) {
            return failedOr(innermost(failures(steps, 0), steps), steps, Outcome.DEPLOYED);
        }
        for (var i = 0; i < steps.size(); i++) {
            if (steps.get(i).deploys()) {
                return failedOr(innermost(failures(steps, i), steps), steps, Outcome.DEPLOYED);
            }
        }
        var against = Objections.of(steps);
        if (!against.isEmpty()) {
            return new Finding(outcomeOf(against.get(0)), against);
        }
        return failedOr(innermost(breakdowns(steps), steps), steps, Outcome.SKIPPED);
    }

    /** Whether every phase that the trace names is external, and it names one. */
    static boolean isExternal(List<Step> steps) {
        var external = false;
        for (var step : steps) {
            if (step.phase() != null && step.phase() != Phase.EXTERNAL) {
                return false;
            }
            external |= step.phase() == Phase.EXTERNAL;
        }
        return external;
    }

    private static Finding failedOr(List<Step> failures, List<Step> steps, Outcome otherwise) {
        if (!failures.isEmpty()) {
            return new Finding(Outcome.FAILED, failures);
        }
        for (var step : steps) {
            if (step.span().isOpen()) {
                return Finding.of(Outcome.RUNNING);
            }
        }
        return Finding.of(otherwise);
    }

    /** The failures that count once the step at the index began to deploy: its own, later ones, those around it. */
    private static List<Step> failures(List<Step> steps, int deployedFrom) {
        var failures = new ArrayList<Step>();
        for (var i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            var around = step.is(NodeType.PHASE) || step.span().parentSpanId() == null;
            var before = step.phase() == Phase.PLANNING || step.phase() == Phase.ELIGIBILITY;
            if (step.hasFailed() && !before && (i >= deployedFrom || around)) {
                failures.add(step);
            }
        }
        return failures;
    }

    /** The failures that count when nothing was deployed and no verdict was against it. */
    private static List<Step> breakdowns(List<Step> steps) {
        var failures = new ArrayList<Step>();
        for (var step : steps) {
            if (step.hasFailed() && !step.is(NodeType.CHECK) && !step.is(NodeType.DECISION)) {
                failures.add(step);
            }
        }
        return failures;
    }

    /** Of several failures that are one within another, at whatever distance, the innermost; in a circle, all. */
    private static List<Step> innermost(List<Step> failures, List<Step> steps) {
        if (failures.size() < 2) {
            return failures;
        }
        var around = around(failures, steps);
        var innermost = new ArrayList<Step>();
        for (var failure : failures) {
            if (!around.contains(failure.span().spanId())) {
                innermost.add(failure);
            }
        }
        return innermost.isEmpty() ? failures : innermost;
    }

    /** The ids of the spans within which the failures lie. */
    private static Set<String> around(List<Step> failures, List<Step> steps) {
        Map<String, @Nullable String> parents = new HashMap<>();
        for (var step : steps) {
            parents.put(step.span().spanId(), step.span().parentSpanId());
        }
        Set<String> around = new HashSet<>();
        for (var failure : failures) {
            var at = failure.span().parentSpanId();
            while (at != null && around.add(at)) {
                at = parents.get(at);
            }
        }
        return around;
    }

    /** What the step alone, which is against the deployment, leads to. */
    static Outcome outcomeOf(Step step) {
        if (step.is(NodeType.EVALUATION) && !step.hasFailed()) {
            return step.status() == Status.PENDING ? Outcome.WAITING : Outcome.BLOCKED;
        }
        if (!step.is(NodeType.CHECK) && !step.is(NodeType.DECISION)) {
            return Outcome.FAILED;
        }
        var otherwise = step.is(NodeType.CHECK) ? Outcome.INELIGIBLE : Outcome.BLOCKED;
        return step.phase() == null ? otherwise : REJECTED_IN.getOrDefault(step.phase(), otherwise);
    }
}
