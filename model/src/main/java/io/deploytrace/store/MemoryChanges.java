package io.deploytrace.store;

import io.deploytrace.store.ChangedTraces.Status;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The changes in an {@link InMemorySpanStore}. A position is the number of a write, with an id of the store, so that none of another
 * store or process is taken for one of this. Guarded by the store.
 */
final class MemoryChanges {

    private static final String LIST = "changes";

    private final String storeId = UUID.randomUUID().toString();
    private final MemoryTraces traces;

    MemoryChanges(MemoryTraces traces) {
        this.traces = traces;
    }

    String now() {
        return position(traces.writes());
    }

    private String position(long write) {
        return PageCursor.of(LIST, storeId, Long.toString(write)).text();
    }

    ChangedTraces since(ChangesRequest request, int limit) {
        var since = write(request.position());
        if (since == null) {
            return new ChangedTraces(request.workspaceId(), Status.LOST, List.of(), now());
        }
        var changed = traces.of(request.workspaceId()).stream()
                .filter(trace -> trace.changedIn() > since)
                .sorted(Comparator.comparing(MemoryTrace::changedIn))
                .limit(limit + 1L)
                .toList();
        var isDone = changed.size() <= limit;
        var told = isDone ? changed : changed.subList(0, limit);
        return new ChangedTraces(
                request.workspaceId(),
                isDone ? Status.DONE : Status.MORE,
                told.stream().map(MemoryTrace::stored).toList(),
                isDone ? now() : position(told.get(limit - 1).changedIn()));
    }

    /** The write that a position stands after; null if it is none of this store's. */
    private @Nullable Long write(String position) {
        try {
            var parts = PageCursor.parse(LIST, 2, position).position();
            return parts.get(0).equals(storeId) ? Long.valueOf(parts.get(1)) : null;
        } catch (SpanStoreException | NumberFormatException notAPosition) {
            return null;
        }
    }
}
