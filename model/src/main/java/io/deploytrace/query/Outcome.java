package io.deploytrace.query;

import java.util.Locale;
import java.util.Optional;

/**
 * What became of the deployment that a trace records, computed from all its spans and never from the root alone. The first
 * rule that applies decides; "in order" means by sequence, then start.
 *
 * <ol>
 *   <li><b>An external trace</b>, all of whose phases are {@code external}: {@link #FAILED} if a span failed,
 *       {@link #RUNNING} if one is open, else {@link #DEPLOYED}.
 *   <li><b>A deployment began</b>: there is a job, or an action of the execution phase, that wasn't skipped. It is
 *       {@link #FAILED} if that action, a span after it, or a phase around it (the root included) failed;
 *       {@link #RUNNING} while any span is open; else {@link #DEPLOYED}. What planning or eligibility said no longer
 *       counts: it was overridden. A failed job followed by one that succeeds is a failure too, since a retry can't be
 *       told from a roll-back.
 *   <li><b>Something stands against it</b>: the first in order of: an evaluation that is blocked ({@link #BLOCKED}) or
 *       pending ({@link #WAITING}); a check that failed ({@link #INELIGIBLE}); a decision that rejected without a verdict
 *       of its phase against it ({@link #INELIGIBLE} in eligibility, else {@link #BLOCKED}). A check or decision against it
 *       outside planning and eligibility is a {@link #FAILED}. A later approval by the same phase overrides it. This
 *       holds while spans are still open, too: a recorder that died leaves its answer.
 *   <li><b>Something broke</b>: a phase, the root, an action or an evaluation failed ({@link #FAILED}).
 *   <li>A span is open: {@link #RUNNING}.
 *   <li>Else {@link #SKIPPED}: nothing was against it, and nothing was carried out.
 * </ol>
 *
 * <p>The verdict of a span is its status; where that says nothing (absent, running, a word of another program), its
 * result or decision. Of failures one within the other the innermost is the cause.
 */
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
    /** The job, a step after it, or the controller itself failed. */
    FAILED,
    /** Nothing was against it, and nothing was carried out. */
    SKIPPED;

    /** Whether a job may have begun: it deployed, failed, or is running. Where the controller itself failed, none did. */
    public boolean gotGoing() {
        return this == DEPLOYED || this == FAILED || this == RUNNING;
    }

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
