package io.deploytrace.buffer;

/**
 * Stops hammering a store that fails: after some failures in a row it opens, and lets one attempt through each time the backoff has
 * passed, until one succeeds. Times are nanoseconds of one monotonic clock, which the caller reads. Guarded by
 * the lock of {@link CallQueue}.
 */
final class Circuit {

    private final int threshold;
    private final Backoff backoff;
    private int failures;
    private long retryAt;
    private boolean open;
    private boolean probing;

    Circuit(int threshold, Backoff backoff, long now) {
        this.threshold = threshold;
        this.backoff = backoff;
        this.retryAt = now;
    }

    boolean isOpen() {
        return open;
    }

    /** Whether an attempt may be made. */
    boolean mayTry(long now) {
        return !open || (!probing && mayRepeat(now));
    }

    /** Whether what failed before may be tried again. */
    boolean mayRepeat(long now) {
        return now - retryAt >= 0;
    }

    /** How long until {@link #mayRepeat}; zero or less if it may. */
    long nanosUntilRepeat(long now) {
        return retryAt - now;
    }

    /** An attempt begins; answers whether it is the probe of an open circuit. */
    boolean begin() {
        probing |= open;
        return open;
    }

    /** An attempt failed in a way that repeating can help; answers whether that opened the circuit. */
    boolean failed(long now, boolean probe) {
        probing &= !probe;
        failures++;
        retryAt = now + backoff.nanosAfter(failures);
        var opens = !open && failures >= threshold;
        open |= opens;
        return opens;
    }

    /** The store isn't set up. That is no overload, so the circuit stays as it is, but what can wait waits long. */
    void notReady(long now, boolean probe) {
        probing &= !probe;
        retryAt = now + backoff.maximum().toNanos();
    }

    /** An attempt reached the store; answers whether that closed the circuit. */
    boolean succeeded(boolean probe) {
        probing &= !probe;
        var closes = open;
        open = false;
        failures = 0;
        return closes;
    }
}
