package io.deploytrace.buffer;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A writer that does to a group whatever can happen to one, by a seed: stores it, fails before, loses the answer after, hangs until the
 * deadline, returns rubbish or breaks; and refuses calls that are poisoned. It watches that no trace is written by two
 * threads at once, and that a trace's versions come in their order.
 */
final class UnreliableWriter implements SpanWriter {

    static final String POISON = "poison";
    static final String VERSION = "version";

    private final SpanWriter store;
    private final Random random;
    private final int faultsOfAHundred;
    private final Set<String> inFlight = new HashSet<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private volatile boolean reliable;

    UnreliableWriter(SpanWriter store, long seed, int faultsOfAHundred) {
        this.store = store;
        this.random = new Random(seed);
        this.faultsOfAHundred = faultsOfAHundred;
    }

    /** From now on it does nothing but its work. */
    void becomeReliable() {
        reliable = true;
    }

    /** What it saw that must not be. */
    List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public WriteResult write(Collection<Span> spans, Deadline deadline) {
        throw new AssertionError("The buffer writes groups.");
    }

    @Override
    public List<WriteResult> writeAll(List<? extends Collection<Span>> batches, Deadline deadline) {
        enter(batches);
        try {
            return act(batches, deadline, reliable ? 100 : chance());
        } finally {
            leave(batches);
        }
    }

    private synchronized int chance() {
        return random.nextInt(100) < faultsOfAHundred ? random.nextInt(8) : 100;
    }

    private List<WriteResult> act(List<? extends Collection<Span>> batches, Deadline deadline, int fault) {
        return switch (fault) {
            case 0, 1 -> throw new SpanStoreException(Reason.UNAVAILABLE, "Not reached.");
            case 2 -> {
                store(batches);
                throw new SpanStoreException(Reason.UNAVAILABLE, "The answer is lost.");
            }
            case 3 -> throw hang(deadline);
            case 4 -> {
                store(batches);
                throw hang(deadline);
            }
            case 5 -> throw new SpanStoreException(Reason.UNAVAILABLE, "A deadlock.");
            default -> store(batches);
        };
    }

    private static SpanStoreException hang(Deadline deadline) {
        var never = new CountDownLatch(1);
        try {
            var ignored = never.await(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new SpanStoreException(Reason.DEADLINE_PASSED, "The deadline passed.");
    }

    private synchronized List<WriteResult> store(List<? extends Collection<Span>> batches) {
        for (var batch : batches) {
            if (batch.stream().anyMatch(span -> span.name().equals(POISON))) {
                throw new SpanStoreException(Reason.CONFLICT, "Poisoned.");
            }
        }
        var results = new ArrayList<WriteResult>();
        for (var batch : batches) {
            batch.forEach(this::watchOrder);
            results.add(store.write(batch, Deadline.after(Duration.ofMinutes(1))));
        }
        return results;
    }

    private void watchOrder(Span span) {
        var version = (Long) span.attributes().get(VERSION);
        if (version == null) {
            return;
        }
        var before = versions.merge(span.traceId(), version, Math::max);
        if (before > version) {
            violations.add("version " + version + " of trace " + span.traceId() + " came after " + before);
        }
    }

    private void enter(List<? extends Collection<Span>> batches) {
        synchronized (inFlight) {
            for (var batch : batches) {
                batch.stream().map(Span::traceId).distinct().forEach(trace -> {
                    if (!inFlight.add(trace)) {
                        violations.add("trace " + trace + " is written twice at once");
                    }
                });
            }
        }
    }

    private void leave(List<? extends Collection<Span>> batches) {
        synchronized (inFlight) {
            batches.forEach(batch -> batch.forEach(span -> inFlight.remove(span.traceId())));
        }
    }
}
