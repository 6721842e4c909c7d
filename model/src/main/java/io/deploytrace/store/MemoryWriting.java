package io.deploytrace.store;

import io.deploytrace.span.Span;
import io.deploytrace.store.TraceMaintenance.Removed;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The writing side of an {@link InMemorySpanStore}. Guarded by the store. */
final class MemoryWriting {

    private final MemoryTraces traces;
    private final InstantSource clock;
    private final int maximumSpans;
    private final Set<UUID> workspaces = new HashSet<>();
    private Instant lastWrite = Instant.MIN;
    private Removed evicted = MemoryRemoval.NOTHING;

    MemoryWriting(MemoryTraces traces, InstantSource clock, int maximumSpans) {
        this.traces = traces;
        this.clock = clock;
        this.maximumSpans = maximumSpans;
    }

    void addWorkspace(UUID workspaceId) {
        workspaces.add(workspaceId);
    }

    /** What was evicted since the start. */
    Removed evicted() {
        return evicted;
    }

    WriteResult write(SpanBatch batch) {
        batch.spans().forEach(this::checkOwner);
        var result = WriteResult.NOTHING;
        var firstWrite = nextTime();
        for (var trace : batch.traces().values()) {
            var written = traces.write(workspaceOf(trace.get(0)), trace, lastWrite);
            lastWrite = lastWrite.plus(1, ChronoUnit.MICROS);
            result = plus(result, written);
        }
        evicted = MemoryRemoval.plus(evicted, traces.evict(maximumSpans, firstWrite));
        return result;
    }

    private static WriteResult plus(WriteResult a, WriteResult b) {
        return new WriteResult(a.inserted() + b.inserted(), a.updated() + b.updated(), a.unchanged() + b.unchanged());
    }

    /** Later than any time before, so that no two writes have the same. */
    private Instant nextTime() {
        lastWrite = time();
        return lastWrite;
    }

    /** The clock's time, but never before that of the last write. */
    Instant time() {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isAfter(lastWrite) ? now : lastWrite;
    }

    private static UUID workspaceOf(Span span) {
        return UUID.fromString(Objects.requireNonNull(span.workspaceId(), "a checked span has a workspace"));
    }

    private void checkOwner(Span span) {
        var workspaceId = workspaceOf(span);
        if (!workspaces.contains(workspaceId)) {
            throw new SpanStoreException(
                    SpanStoreException.Reason.UNKNOWN_WORKSPACE,
                    "There is no workspace " + workspaceId + ". Create it first. Nothing was written.");
        }
        var owner = traces.ownerOf(span);
        if (owner != null && !owner.equals(workspaceId)) {
            throw new SpanStoreException(
                    SpanStoreException.Reason.CONFLICT,
                    "Span " + span.spanId() + " of trace " + span.traceId()
                            + " can't be written to workspace " + workspaceId
                            + ": these ids are in use elsewhere. Use new ids. Nothing was written.");
        }
    }
}
