package io.deploytrace.server;

import io.deploytrace.store.ApiKey;
import io.deploytrace.store.ApiKeyStore;
import io.deploytrace.store.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks up keys for requests. Those that wait at the same time share a look-up, which began after the last of them came: what it finds is
 * at least as new as what each would have found alone, so that a key that was revoked is refused at once. While one look-up runs,
 * others come together for the next; only where one takes long, the next begins beside it. Safe for use by several threads.
 */
final class KeyLookups {

    /** How many run at once at most, so that they leave threads and connections to others. */
    static final int MOST_AT_ONCE = 4;

    /** How many keys are looked up at once at most. */
    static final int MOST_KEYS = 256;

    /** A look-up that takes longer than this isn't waited for. */
    static final long LONG_NANOS = Duration.ofMillis(50).toNanos();

    private record Waiting(String key, Deadline deadline, CompletableFuture<Optional<ApiKey>> answer) {}

    private final ApiKeyStore keys;
    private final Executor executor;
    private final LongSupplier nanos;
    private List<Waiting> waiting = new ArrayList<>();
    private int running;
    private @Nullable Lookups latest;
    private long lastBegan;

    KeyLookups(ApiKeyStore keys, Executor executor) {
        this(keys, executor, System::nanoTime);
    }

    KeyLookups(ApiKeyStore keys, Executor executor, LongSupplier nanos) {
        this.keys = keys;
        this.executor = executor;
        this.nanos = nanos;
    }

    /**
     * The key that the text is, if it may be used now. The future fails with what the store throws. It may come after the deadline, where
     * others of the same look-up have more time.
     */
    CompletableFuture<Optional<ApiKey>> find(String key, Deadline deadline) {
        var request = new Waiting(key, deadline, new CompletableFuture<>());
        var next = join(request);
        if (next != null) {
            try {
                executor.execute(next);
            } catch (RuntimeException | Error refused) {
                abandon(next, refused);
            }
        }
        return request.answer;
    }

    /** No thread runs it: nobody may wait for it. */
    private void abandon(Lookups lookups, Throwable refused) {
        List<Waiting> abandoned;
        synchronized (this) {
            running--;
            latest = latest == lookups ? null : latest;
            abandoned = waiting;
            waiting = new ArrayList<>();
        }
        abandoned.forEach(request -> request.answer.completeExceptionally(refused));
    }

    /** What is to run now; null if another sees to the request. */
    private synchronized @Nullable Lookups join(Waiting request) {
        waiting.add(request);
        if (running == MOST_AT_ONCE || isAnswering()) {
            return null;
        }
        running++;
        return begin(new Lookups());
    }

    /** Whether one runs that can be waited for: it began last, not long ago, and sees to those who came meanwhile. */
    private boolean isAnswering() {
        return latest != null && nanos.getAsLong() - lastBegan <= LONG_NANOS;
    }

    private Lookups begin(Lookups lookups) {
        lastBegan = nanos.getAsLong();
        latest = lookups;
        return lookups;
    }

    /** One look-up after the other, until nobody waits, or one that began later sees to those who do. */
    private final class Lookups implements Runnable {

        @Override
        public void run() {
            for (var together = next(); !together.isEmpty(); together = next()) {
                answer(together);
            }
        }

        private List<Waiting> next() {
            synchronized (KeyLookups.this) {
                if (waiting.isEmpty() || (latest != this && isAnswering())) {
                    running--;
                    latest = latest == this ? null : latest;
                    return List.of();
                }
                begin(this);
                var together = List.copyOf(waiting.subList(0, Math.min(MOST_KEYS, waiting.size())));
                waiting = new ArrayList<>(waiting.subList(together.size(), waiting.size()));
                return together;
            }
        }
    }

    /** The look-up has the time of the request that has most. */
    private void answer(List<Waiting> together) {
        var deadline = together.stream()
                .map(Waiting::deadline)
                .max(Comparator.comparing(Deadline::remaining))
                .orElseThrow();
        var texts = together.stream().map(Waiting::key).collect(Collectors.toSet());
        try {
            var found = keys.authenticateAll(texts, deadline);
            together.forEach(request -> request.answer.complete(Optional.ofNullable(found.get(request.key))));
        } catch (Throwable failure) {
            together.forEach(request -> request.answer.completeExceptionally(failure));
        }
    }
}
