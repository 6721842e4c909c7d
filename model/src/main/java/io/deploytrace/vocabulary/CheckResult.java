package io.deploytrace.vocabulary;

import java.util.Optional;

/** The verdict of an eligibility check. */
public enum CheckResult {
    /** The target may be deployed to, as far as this check goes. */
    PASS("pass"),

    /** The target must not be deployed to. */
    FAIL("fail");

    private final String value;

    CheckResult(String value) {
        this.value = value;
    }

    /** The word as it stands in the database. */
    public String value() {
        return value;
    }

    /** The constant of a word read from a span; empty for a word that is none of these. */
    public static Optional<CheckResult> ofValue(String value) {
        for (var constant : values()) {
            if (constant.value.equals(value)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }
}
