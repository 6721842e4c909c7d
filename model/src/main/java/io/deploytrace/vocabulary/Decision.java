package io.deploytrace.vocabulary;

import java.util.Optional;

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

    /** The constant of a word read from a span; empty for a word that is none of these. */
    public static Optional<Decision> ofValue(String value) {
        for (var constant : values()) {
            if (constant.value.equals(value)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }
}
