package io.deploytrace.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits in tests for what another thread or process brings about. */
public final class Await {

    /** How long {@link #until} waits at the most: one minute. */
    public static final Duration AT_MOST = Duration.ofMinutes(1);

    private static final long PAUSE = Duration.ofMillis(1).toNanos();

    private Await() {}

    /**
     * Returns once the condition holds. It is asked about once in a millisecond, by the calling thread.
     *
     * @throws AssertionError if it doesn't hold within {@link #AT_MOST}
     */
    public static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + AT_MOST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("The condition didn't come true within " + AT_MOST.toSeconds() + " seconds.");
            }
            LockSupport.parkNanos(PAUSE);
        }
    }
}
