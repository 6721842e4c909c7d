package io.deploytrace.query;

import java.util.Locale;
import java.util.Optional;

/** What became of the deployment that a trace records, computed from all its spans. */
public enum Outcome {
    /** Spans are open and nothing has decided the outcome yet. */
    RUNNING,
    /** A job was triggered, and it and what followed it succeeded. */
    DEPLOYED,
    /** A policy forbids the deployment. */
    BLOCKED,
    /** A policy waits for something: an approval, a window, a slot. */
    WAITING,
    /** The policies allow it, a check of the target doesn't. */
    INELIGIBLE,
    /** The job, a step after it or the controller itself failed. */
    FAILED,
    /** There was nothing to do. */
    SKIPPED;

    /** The word as it stands in the database and on the command line: the name in lower case. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of a word; empty for a word that is none of these. */
    public static Optional<Outcome> ofValue(String value) {
        for (var outcome : values()) {
            if (outcome.value().equals(value)) {
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }
}
