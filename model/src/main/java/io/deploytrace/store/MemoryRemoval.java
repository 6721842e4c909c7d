package io.deploytrace.store;

import io.deploytrace.store.TraceMaintenance.Removed;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Removes the traces of a workspace in an {@link InMemorySpanStore} that were first written before a time. */
final class MemoryRemoval {

    static final Removed NOTHING = new Removed(0, 0);

    private static final int BATCH = 100;

    private final MemoryTraces traces;
    private final List<MemoryTrace> older;

    MemoryRemoval(MemoryTraces traces, UUID workspaceId, Instant before) {
        this.traces = traces;
        this.older = traces.of(workspaceId).stream()
                .filter(trace -> trace.createdAt().isBefore(before))
                .toList();
    }

    Removed count() {
        return older.stream().map(MemoryTrace::size).reduce(NOTHING, MemoryRemoval::plus);
    }

    /** Removes them; after each batch says how many so far, and runs the check, which may throw. */
    Removed run(Consumer<Removed> progress, Runnable check) {
        var removed = NOTHING;
        for (var trace : older) {
            traces.remove(trace);
            removed = plus(removed, trace.size());
            if (removed.traces() % BATCH == 0) {
                progress.accept(removed);
                check.run();
            }
        }
        if (removed.traces() % BATCH != 0) {
            progress.accept(removed);
        }
        return removed;
    }

    static Removed plus(Removed a, Removed b) {
        return new Removed(a.traces() + b.traces(), a.spans() + b.spans());
    }
}
