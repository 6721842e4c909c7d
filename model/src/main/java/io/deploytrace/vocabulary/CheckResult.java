package io.deploytrace.vocabulary;

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
}
