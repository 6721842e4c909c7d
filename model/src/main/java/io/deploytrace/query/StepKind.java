package io.deploytrace.query;

import io.deploytrace.vocabulary.NodeType;
import java.util.Locale;

/** What a step of a trace is to people: the node type of its span, jobs told apart from other actions. */
public enum StepKind {
    /** A phase of the reconciliation, the root included. */
    PHASE,
    /** One policy rule evaluated. */
    EVALUATION,
    /** One eligibility check. */
    CHECK,
    /** What a phase decided. */
    DECISION,
    /** A job that was triggered. */
    JOB,
    /** An action, a step of one, or what a job recorded itself. */
    ACTION,
    /** A span whose node type isn't of the vocabulary. */
    OTHER;

    static StepKind of(Step step) {
        if (step.isJob()) {
            return JOB;
        }
        return step.type() == null ? OTHER : of(step.type());
    }

    private static StepKind of(NodeType type) {
        return switch (type) {
            case PHASE -> PHASE;
            case EVALUATION -> EVALUATION;
            case CHECK -> CHECK;
            case DECISION -> DECISION;
            case ACTION -> ACTION;
        };
    }

    /** The word for people and JSON: the name in lower case. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
