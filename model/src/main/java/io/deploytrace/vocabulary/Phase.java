package io.deploytrace.vocabulary;

import java.util.Optional;

/** The part of a deployment that a span belongs to. */
public enum Phase {
    /** The whole decision: the root span. */
    RECONCILIATION("reconciliation"),

    /** Which release, and do the policies allow it. */
    PLANNING("planning"),

    /** May it be deployed to this target now. */
    ELIGIBILITY("eligibility"),

    /** The job is triggered. */
    EXECUTION("execution"),

    /** What happens around the job, such as verification. */
    ACTION("action"),

    /** Recorded outside the controller, under a job. */
    EXTERNAL("external");

    /** Each call of {@code values()} makes a copy. */
    private static final Phase[] ALL = values();

    private final String value;

    Phase(String value) {
        this.value = value;
    }

    /** The word as it stands in the database. */
    public String value() {
        return value;
    }

    /** The constant of a word read from a span; empty for a word that is none of these. */
    public static Optional<Phase> ofValue(String value) {
        for (var constant : ALL) {
            if (constant.value.equals(value)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }
}
