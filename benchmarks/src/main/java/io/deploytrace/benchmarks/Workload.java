package io.deploytrace.benchmarks;

import io.deploytrace.span.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reconciles of 1,000 release targets in 20 workspaces, made ahead of what is measured. What they say is the same for
 * one seed; their ids are the recorder's. Not safe for use by several threads.
 */
final class Workload {

    private static final int WORKSPACES = 20;
    private static final int TARGETS = 1_000;
    private static final long MILLISECONDS_BETWEEN = 3;

    private final Random random;
    private final List<UUID> workspaces;
    private Instant next = Instant.now();

    Workload(long seed) {
        this.random = new Random(seed);
        this.workspaces = Stream.generate(() -> new UUID(random.nextLong(), random.nextLong()))
                .limit(WORKSPACES)
                .toList();
    }

    /** The workspaces that the traces belong to. */
    List<UUID> workspaces() {
        return workspaces;
    }

    /** The next complete traces. */
    List<List<Span>> traces(int count) {
        return list(count, () -> {
            var target = random.nextInt(TARGETS);
            return WorkloadTrace.complete(random, workspace(target), target, clock());
        });
    }

    /** The next traces as they are persisted while they grow: three snapshots of each, in their order. */
    List<List<List<Span>>> growingTraces(int count) {
        return list(count, () -> {
            var target = random.nextInt(TARGETS);
            return WorkloadTrace.growing(random, workspace(target), target, clock());
        });
    }

    private UUID workspace(int target) {
        return workspaces.get(target % WORKSPACES);
    }

    private SteppingClock clock() {
        next = next.plusMillis(MILLISECONDS_BETWEEN);
        return new SteppingClock(next);
    }

    private static <T> List<T> list(int count, Supplier<T> next) {
        var list = new ArrayList<T>(count);
        IntStream.range(0, count).forEach(i -> list.add(next.get()));
        return list;
    }
}
