package io.deploytrace.vocabulary;

import java.util.Optional;

/** The kind of step that a span records. */
public enum NodeType {
    /** A phase of the reconciliation, the root included. */
    PHASE("phase"),

    /** One policy rule evaluated. */
    EVALUATION("evaluation"),

    /** One eligibility check. */
    CHECK("check"),

    /** What a phase decided. */
    DECISION("decision"),

    /** A job, an action or a step of one. */
    ACTION("action");

    /** Each call of {@code values()} makes a copy. */
    private static final NodeType[] ALL = values();

    private final String value;

    NodeType(String value) {
        this.value = value;
    }

    /** The word as it stands in the database. */
    public String value() {
        return value;
    }

    /** The constant of a word read from a span; empty for a word that is none of these. */
    public static Optional<NodeType> ofValue(String value) {
        for (var constant : ALL) {
            if (constant.value.equals(value)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }
}
