package io.deploytrace.recorder;

import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;

/**
 * The phase that checks whether the target may be deployed to now. Ends as {@code completed}, or as {@code failed} after
 * {@link #recordException(Throwable)}.
 */
public final class EligibilityPhase extends Node<EligibilityPhase> {

    EligibilityPhase(RecordedSpan span) {
        super(span);
    }

    /**
     * Starts a check.
     *
     * @param name what is checked, such as {@code Already Deployed}
     */
    public Check startCheck(String name) {
        if (recording().misuse().isNull("startCheck", "name", name)) {
            return new Check(RecordedSpan.unrecorded(recording(), span()));
        }
        var start = SpanStart.running(name, Phase.ELIGIBILITY, NodeType.CHECK, Status.SKIPPED);
        return new Check(recording().start(span(), start));
    }

    /**
     * Records what the phase decided.
     *
     * @param message why, in a sentence; the name of the decision's span
     */
    public EligibilityPhase makeDecision(String message, Decision decision) {
        Decisions.make(span(), Phase.ELIGIBILITY, message, decision);
        return this;
    }
}
