package io.deploytrace.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server can do its work. Anyone may ask, and while the store is away each answer takes long: so the store is asked once at a
 * time, for all who want to know meanwhile, and whoever has waited long enough is told no. Safe for use by several threads.
 */
final class Readiness {

    /** Those who ask, such as Kubernetes, wait a second or a few. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    /** On a connection that broke unseen, an answer may never come. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(15);

    private final BooleanSupplier check;
    private final Executor executor;
    private @Nullable CompletableFuture<Boolean> latest;
    private long askedAt;

    Readiness(BooleanSupplier check, Executor executor) {
        this.check = check;
        this.executor = executor;
    }

    /** Whether it can, within {@link #LONGEST_WAIT}. */
    synchronized CompletableFuture<Boolean> now() {
        var asked = latest;
        if (asked == null || asked.isDone() || System.nanoTime() - askedAt > GIVEN_UP.toNanos()) {
            asked = CompletableFuture.supplyAsync(check::getAsBoolean, executor);
            latest = asked;
            askedAt = System.nanoTime();
        }
        return asked.copy().completeOnTimeout(false, LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
