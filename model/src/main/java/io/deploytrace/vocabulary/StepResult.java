package io.deploytrace.vocabulary;

import java.util.Optional;

/** The verdict of a step of an action. */
public enum StepResult {
    /** The step succeeded. */
    PASS("pass"),

    /** The step failed, and with it its action. */
    FAIL("fail");

    private final String value;

    StepResult(String value) {
        this.value = value;
    }

    /** The word as it stands in the database. */
    public String value() {
        return value;
    }

    /** The constant of a word; empty for a word that is none of these. */
    public static Optional<StepResult> ofValue(String value) {
        for (var constant : values()) {
            if (constant.value.equals(value)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }
}
