package io.deploytrace.query;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A step of a trace beside its like in another. At least one of the two is there.
 *
 * @param kind what the step is; not null
 * @param isLinked whether it is of a trace that a job recorded
 * @param a how it went in the first trace; null when it isn't there
 * @param b how it went in the second trace; null when it isn't there
 * @param metadata what was noted differently, by key; not null, unmodifiable
 */
public record StepChange(
        StepKind kind,
        boolean isLinked,
        @Nullable StepState a,
        @Nullable StepState b,
        List<ValueChange> metadata) {

    /** What became of a step between two traces. */
    public enum Change {
        /** Both traces have it, with different verdicts. */
        FLIPPED,
        /** Only the second trace has it. */
        APPEARED,
        /** Only the first trace has it. */
        VANISHED,
        /** The verdict is the same, the message or the metadata isn't. */
        CHANGED,
        /** Verdict, message and metadata are the same; how long it took, and when, doesn't matter. */
        SAME;

        /** The word for people and JSON: the name in lower case. */
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Copies the metadata.
     *
     * @throws IllegalArgumentException if it is in neither trace
     */
    public StepChange {
        metadata = List.copyOf(metadata);
        if (a == null && b == null) {
            throw new IllegalArgumentException("a and b must not both be null");
        }
    }

    static StepChange of(@Nullable ComparedStep a, @Nullable ComparedStep b) {
        var one = b == null ? Objects.requireNonNull(a) : b;
        return new StepChange(
                one.kind(),
                one.isLinked(),
                a == null ? null : StepState.of(a),
                b == null ? null : StepState.of(b),
                Metadata.changes(StepState.metadataOf(a), StepState.metadataOf(b)));
    }

    /** What became of it. */
    public Change change() {
        if (a == null || b == null) {
            return a == null ? Change.APPEARED : Change.VANISHED;
        }
        if (!Objects.equals(a.verdict(), b.verdict())) {
            return Change.FLIPPED;
        }
        return metadata.isEmpty() && Objects.equals(a.message(), b.message()) ? Change.SAME : Change.CHANGED;
    }

    /** How it went in the second trace; in the first, if it isn't there. */
    public StepState latest() {
        return b == null ? Objects.requireNonNull(a) : b;
    }
}
