package io.deploytrace.recorder;

import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;

/**
 * The phase that decides which release is wanted and whether the policies allow it. Ends as {@code completed}, or as
 * {@code failed} after {@link #recordException(Throwable)}.
 */
public final class PlanningPhase extends Node<PlanningPhase> {

    PlanningPhase(RecordedSpan span) {
        super(span);
    }

    /**
     * Starts the evaluation of a policy rule.
     *
     * @param name what is evaluated, such as {@code Approval Policy}
     */
    public Evaluation startEvaluation(String name) {
        if (recording().misuse().isNull("startEvaluation", "name", name)) {
            return new Evaluation(RecordedSpan.unrecorded(recording(), span()));
        }
        var start = SpanStart.running(name, Phase.PLANNING, NodeType.EVALUATION, Status.SKIPPED);
        return new Evaluation(recording().start(span(), start));
    }

    /**
     * Records what the phase decided.
     *
     * @param message why, in a sentence; the name of the decision's span
     */
    public PlanningPhase makeDecision(String message, Decision decision) {
        Decisions.make(span(), Phase.PLANNING, message, decision);
        return this;
    }
}
