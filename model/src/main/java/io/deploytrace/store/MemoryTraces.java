package io.deploytrace.store;

import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The traces of an {@link InMemorySpanStore}, of all workspaces. Guarded by the store. */
final class MemoryTraces {

    private record Id(UUID workspaceId, String traceId) {}

    private final Map<Id, MemoryTrace> traces = new HashMap<>();
    private final Map<SpanKey, UUID> owners = new HashMap<>();
    private final NavigableSet<MemoryTrace> byAge =
            new TreeSet<>(MemoryTrace.BY_AGE.thenComparing(MemoryTrace::workspaceId, Comparator.naturalOrder()));
    private long writes;

    /** The workspace that the span belongs to; null when there is no such span. */
    @Nullable UUID ownerOf(Span span) {
        return owners.get(span.key());
    }

    @Nullable MemoryTrace get(UUID workspaceId, String traceId) {
        return traces.get(new Id(workspaceId, traceId));
    }

    /** The traces of the workspace, oldest first. */
    List<MemoryTrace> of(UUID workspaceId) {
        return byAge.stream()
                .filter(trace -> trace.workspaceId().equals(workspaceId))
                .toList();
    }

    /** Writes spans of one trace and workspace, none of which belongs to another. */
    WriteResult write(UUID workspaceId, List<Span> spans, Instant now) {
        writes++;
        spans.forEach(span -> owners.put(span.key(), workspaceId));
        var id = new Id(workspaceId, spans.get(0).traceId());
        var present = traces.get(id);
        if (present != null) {
            return present.add(spans, now, writes);
        }
        var trace = new MemoryTrace(spans, now, writes);
        traces.put(id, trace);
        byAge.add(trace);
        return new WriteResult(spans.size(), 0, 0);
    }

    /** How many writes of a trace there were. */
    long writes() {
        return writes;
    }

    void remove(MemoryTrace trace) {
        byAge.remove(trace);
        traces.remove(new Id(trace.workspaceId(), trace.traceId()));
        trace.rows().forEach(row -> owners.remove(row.span().key()));
    }

    /** Removes the oldest traces until at most so many spans are left, sparing those that were written since the time. */
    TraceMaintenance.Removed evict(int maximumSpans, Instant sparedSince) {
        var evicted = new ArrayList<MemoryTrace>();
        var excess = (long) owners.size() - maximumSpans;
        for (var oldest = byAge.iterator(); excess > 0 && oldest.hasNext(); ) {
            var trace = oldest.next();
            if (trace.stored().updatedAt().isBefore(sparedSince)) {
                evicted.add(trace);
                excess -= trace.rows().size();
            }
        }
        var spans = evicted.stream().mapToLong(trace -> trace.rows().size()).sum();
        evicted.forEach(this::remove);
        return new TraceMaintenance.Removed(evicted.size(), spans);
    }
}
