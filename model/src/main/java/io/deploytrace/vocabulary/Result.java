package io.deploytrace.vocabulary;

import java.util.Optional;

/** The verdict of an evaluation; also the status its span ends with. */
public enum Result {
    /** The rule allows the deployment. */
    ALLOWED("allowed"),

    /** The rule forbids the deployment. */
    BLOCKED("blocked"),

    /** The rule waits: for an approval, a window, a slot. */
    PENDING("pending");

    /** Each call of {@code values()} makes a copy. */
    private static final Result[] ALL = values();

    private final String value;

    Result(String value) {
        this.value = value;
    }

    /** The word as it stands in the database. */
    public String value() {
        return value;
    }

    /** The constant of a word read from a span; empty for a word that is none of these. */
    public static Optional<Result> ofValue(String value) {
        for (var constant : ALL) {
            if (constant.value.equals(value)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }
}
