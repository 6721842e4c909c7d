package io.deploytrace.vocabulary;

/** What a phase decided. */
public enum Decision {
    /** Go on. */
    APPROVED("approved"),

    /** Stop here. */
    REJECTED("rejected");

    private final String value;

    Decision(String value) {
        this.value = value;
    }

    /** The word as it stands in the database. */
    public String value() {
        return value;
    }
}
