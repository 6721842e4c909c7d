package io.deploytrace.buffer;

import java.time.Duration;
import java.util.Objects;

/** What a buffer does with a call for which its memory has no room. Never is anything dropped silently. Immutable. */
public final class WhenFull {

    enum Choice {
        BLOCK,
        SPILL,
        REFUSE
    }

    private static final WhenFull SPILL = new WhenFull(Choice.SPILL, Duration.ZERO);
    private static final WhenFull REFUSE = new WhenFull(Choice.REFUSE, Duration.ZERO);

    private final Choice choice;
    private final Duration bound;

    private WhenFull(Choice choice, Duration bound) {
        this.choice = choice;
        this.bound = bound;
    }

    /**
     * The caller waits until there is room, at most this long and never beyond the deadline of its call; then the call is refused,
     * with {@link io.deploytrace.store.SpanStoreException.Reason#OVERLOADED}.
     *
     * @throws IllegalArgumentException if the bound is negative
     */
    public static WhenFull block(Duration bound) {
        return new WhenFull(Choice.BLOCK, Checks.notNegative("bound", bound));
    }

    /** The call goes to the spool, which the buffer must have. */
    public static WhenFull spill() {
        return SPILL;
    }

    /** The call is refused at once, with {@link io.deploytrace.store.SpanStoreException.Reason#OVERLOADED}. */
    public static WhenFull refuse() {
        return REFUSE;
    }

    Choice choice() {
        return choice;
    }

    Duration bound() {
        return bound;
    }

    @Override
    public String toString() {
        return choice == Choice.BLOCK
                ? "block(" + bound + ")"
                : Objects.toString(choice).toLowerCase(java.util.Locale.ROOT) + "()";
    }
}
