package io.deploytrace.vocabulary;

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
}
