package io.deploytrace.buffer;

import io.deploytrace.store.Deadline;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/** Waits that an interrupt doesn't end. The caller holds the condition's lock. */
final class Waiting {

    private Waiting() {}

    /** Waits until it holds or the deadline passes; answers whether it holds. An interrupt meanwhile is kept. */
    static boolean until(Condition change, BooleanSupplier holds, Deadline deadline) {
        var interrupted = false;
        try {
            while (!holds.getAsBoolean() && !deadline.hasPassed()) {
                interrupted |= sleep(change, Math.max(1, deadline.remaining().toNanos()));
            }
            return holds.getAsBoolean();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Sleeps for this long, or, if zero, until woken; answers whether an interrupt ended it. */
    @SuppressWarnings("WaitNotInLoop") // those who call it loop
    static boolean sleep(Condition condition, long nanos) {
        if (nanos == 0) {
            condition.awaitUninterruptibly();
            return false;
        }
        try {
            condition.awaitNanos(nanos);
            return false;
        } catch (InterruptedException interrupted) {
            return true;
        }
    }
}
