package io.deploytrace.store.postgres;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process does. */
final class Waiting {

    private Waiting() {}

    /** Returns once the condition holds; fails after 30 seconds. */
    static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited for 30 seconds in vain");
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
