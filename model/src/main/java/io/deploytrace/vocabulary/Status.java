package io.deploytrace.vocabulary;

import java.util.Optional;

/** What became of a span. */
public enum Status {
    /** Not ended yet. */
    RUNNING("running"),

    /** Ended well: a decision that approved, a check that passed, a job that finished. */
    COMPLETED("completed"),

    /** Ended badly: a decision that rejected, a check that failed, a job that broke. */
    FAILED("failed"),

    /** An evaluation that allows the deployment. */
    ALLOWED("allowed"),

    /** An evaluation that forbids the deployment. */
    BLOCKED("blocked"),

    /** An evaluation that waits for something. */
    PENDING("pending"),

    /** Ended without a verdict, or not carried out. */
    SKIPPED("skipped");

    /** Each call of {@code values()} makes a copy. */
    private static final Status[] ALL = values();

    private final String value;

    Status(String value) {
        this.value = value;
    }

    /** The word as it stands in the database. */
    public String value() {
        return value;
    }

    /** The constant of a word read from a span; empty for a word that is none of these. */
    public static Optional<Status> ofValue(String value) {
        for (var constant : ALL) {
            if (constant.value.equals(value)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }
}
