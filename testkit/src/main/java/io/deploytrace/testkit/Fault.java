package io.deploytrace.testkit;

import java.time.Duration;

/**
 * What a {@link FaultProxy} does to a message and its connection.
 *
 * @param kind what happens
 * @param share how much of the message still arrives, from 0 to 1; for {@link Kind#TRUNCATE} alone
 * @param delay how long the message is held back; for {@link Kind#DELAY} alone
 */
public record Fault(Kind kind, double share, Duration delay) {

    /** What happens. */
    public enum Kind {
        /** The message doesn't arrive; both sides see the connection end. */
        CUT,
        /** The message doesn't arrive; both sides see the connection reset. */
        RESET,
        /** The message doesn't arrive; its receiver sees the end of the stream, its sender can go on sending to nobody. */
        HALF_CLOSE,
        /** A part of the message arrives; then both sides see the connection end. */
        TRUNCATE,
        /** The message, and all behind it in its direction, arrives late. */
        DELAY,
        /** Neither the message nor anything else arrives on either side, and neither sees an end, until the proxy heals. */
        FREEZE
    }

    /** {@link Kind#CUT}. */
    public static Fault cut() {
        return of(Kind.CUT);
    }

    /** {@link Kind#RESET}. */
    public static Fault reset() {
        return of(Kind.RESET);
    }

    /** {@link Kind#HALF_CLOSE}. */
    public static Fault halfClose() {
        return of(Kind.HALF_CLOSE);
    }

    /**
     * {@link Kind#TRUNCATE}.
     *
     * @param share how much of the message arrives; at least one byte of it is missing
     */
    public static Fault truncate(double share) {
        return new Fault(Kind.TRUNCATE, share, Duration.ZERO);
    }

    /** {@link Kind#DELAY}. */
    public static Fault delay(Duration delay) {
        return new Fault(Kind.DELAY, 0, delay);
    }

    /** {@link Kind#FREEZE}. */
    public static Fault freeze() {
        return of(Kind.FREEZE);
    }

    private static Fault of(Kind kind) {
        return new Fault(kind, 0, Duration.ZERO);
    }

    /** How many bytes of a message of the length still arrive. */
    int arriving(int length) {
        return (int) Math.max(0, Math.min(length - 1L, Math.round(length * share)));
    }
}
