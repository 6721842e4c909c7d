package io.deploytrace.store;

import io.deploytrace.span.Span;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Keeps spans in memory, for tests and for a first look without a database. It behaves as every store does; what it
 * holds is lost with the process.
 *
 * <p>It holds a bounded number of spans. A write that exceeds it evicts whole traces, the oldest first, of whatever
 * workspace, but never one that it has just written to; {@link #evictedTraces()} and {@link #evictedSpans()} count them.
 *
 * <p>Safe for use by several threads, one at a time: lists walk over all traces of a workspace.
 */
public final class InMemorySpanStore implements SpanWriter, SpanReader, TraceMaintenance {

    /** The number of spans held by default. */
    public static final int DEFAULT_MAXIMUM_SPANS = 100_000;

    private static final int PRUNE_BATCH = 100;
    private static final Removed NOTHING_REMOVED = new Removed(0, 0);

    private final InstantSource clock;
    private final int maximumSpans;
    private final Set<UUID> workspaces = new HashSet<>();
    private final MemoryTraces traces = new MemoryTraces();
    private Instant lastWrite = Instant.MIN;
    private Removed evicted = NOTHING_REMOVED;

    /** A store of {@value #DEFAULT_MAXIMUM_SPANS} spans on the system's clock. */
    public InMemorySpanStore() {
        this(InstantSource.system(), DEFAULT_MAXIMUM_SPANS);
    }

    /**
     * A store.
     *
     * @param clock tells when traces are written ({@link StoredTrace#createdAt()})
     * @param maximumSpans the most spans to hold, at least 1
     * @throws IllegalArgumentException if {@code maximumSpans} is less than 1
     */
    public InMemorySpanStore(InstantSource clock, int maximumSpans) {
        this.clock = Objects.requireNonNull(clock, "clock");
        if (maximumSpans < 1) {
            throw new IllegalArgumentException("maximumSpans must be at least 1, but is " + maximumSpans);
        }
        this.maximumSpans = maximumSpans;
    }

    /** Makes a workspace known; spans of others are refused. */
    public synchronized void addWorkspace(UUID workspaceId) {
        workspaces.add(Objects.requireNonNull(workspaceId, "workspaceId"));
    }

    /** How many traces were evicted since the start. */
    public synchronized long evictedTraces() {
        return evicted.traces();
    }

    /** How many spans were evicted since the start. */
    public synchronized long evictedSpans() {
        return evicted.spans();
    }

    @Override
    public synchronized WriteResult write(Collection<Span> spans, Deadline deadline) {
        var batch = SpanBatch.of(spans);
        if (batch.isEmpty()) {
            return WriteResult.NOTHING;
        }
        check(deadline);
        batch.spans().forEach(this::checkOwner);
        var result = WriteResult.NOTHING;
        var firstWrite = nextTime();
        for (var trace : batch.traces().values()) {
            var written = traces.write(workspaceOf(trace.get(0)), trace, lastWrite);
            lastWrite = lastWrite.plus(1, ChronoUnit.MICROS);
            result = plus(result, written);
        }
        evicted = plus(evicted, traces.evict(maximumSpans, firstWrite));
        return result;
    }

    private static WriteResult plus(WriteResult a, WriteResult b) {
        return new WriteResult(a.inserted() + b.inserted(), a.updated() + b.updated(), a.unchanged() + b.unchanged());
    }

    /** Later than any time before, so that no two writes have the same. */
    private Instant nextTime() {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        lastWrite = now.isAfter(lastWrite) ? now : lastWrite;
        return lastWrite;
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

    private static void check(Deadline deadline) {
        if (deadline.hasPassed()) {
            throw new SpanStoreException(
                    SpanStoreException.Reason.DEADLINE_PASSED, "The deadline has passed. Nothing was done.");
        }
    }

    @Override
    public synchronized List<Span> trace(UUID workspaceId, String traceId, Deadline deadline) {
        check(deadline);
        var trace = traces.get(workspaceId, traceId);
        return trace == null ? List.of() : trace.spans();
    }

    @Override
    public synchronized List<Span> traceWithLinked(UUID workspaceId, String traceId, Deadline deadline) {
        check(deadline);
        return traces.of(workspaceId).stream()
                .filter(trace -> trace.traceId().equals(traceId)
                        || trace.rows().stream()
                                .anyMatch(row -> traceId.equals(row.span().parentTraceId())))
                .flatMap(trace -> trace.spans().stream())
                .toList();
    }

    @Override
    public synchronized List<Span> children(UUID workspaceId, String traceId, String spanId, Deadline deadline) {
        return trace(workspaceId, traceId, deadline).stream()
                .filter(span -> spanId.equals(span.parentSpanId()))
                .toList();
    }

    @Override
    public synchronized List<Span> spansOfJob(UUID workspaceId, String jobId, Deadline deadline) {
        check(deadline);
        return traces.of(workspaceId).stream()
                .flatMap(trace -> trace.rows().stream())
                .map(MemoryTrace.Row::span)
                .filter(span -> jobId.equals(span.jobId()))
                .sorted(Span.IN_SEQUENCE.thenComparing(Span::traceId))
                .toList();
    }

    @Override
    public synchronized Page<Span> spansOfReleaseTarget(
            UUID workspaceId, String releaseTargetKey, TimeRange range, PageRequest page, Deadline deadline) {
        return list(workspaceId, deadline, lists -> lists.spansOfReleaseTarget(releaseTargetKey, range, page));
    }

    @Override
    public synchronized Page<FailedDecision> failedDecisions(
            UUID workspaceId, TimeRange range, PageRequest page, Deadline deadline) {
        return list(workspaceId, deadline, lists -> lists.failedDecisions(range, page));
    }

    @Override
    public synchronized Page<StoredTrace> traces(
            UUID workspaceId, TraceFilter filter, PageRequest page, Deadline deadline) {
        return list(workspaceId, deadline, lists -> lists.traces(filter, page));
    }

    @Override
    public synchronized Page<StoredTrace> latestOfEachTarget(UUID workspaceId, PageRequest page, Deadline deadline) {
        return list(workspaceId, deadline, lists -> lists.latestOfEachTarget(page));
    }

    private <T> T list(UUID workspaceId, Deadline deadline, Function<MemoryLists, T> query) {
        check(deadline);
        return query.apply(new MemoryLists(traces.of(workspaceId)));
    }

    @Override
    public synchronized Optional<StoredTrace> summary(UUID workspaceId, String traceId, Deadline deadline) {
        check(deadline);
        return Optional.ofNullable(traces.get(workspaceId, traceId)).map(MemoryTrace::stored);
    }

    @Override
    public synchronized List<StoredTrace> linkedTraces(UUID workspaceId, String traceId, Deadline deadline) {
        check(deadline);
        return traces.of(workspaceId).stream()
                .map(MemoryTrace::stored)
                .filter(trace -> traceId.equals(trace.summary().parentTraceId()))
                .toList();
    }

    @Override
    public synchronized Removed countOlderThan(UUID workspaceId, Instant before, Deadline deadline) {
        check(deadline);
        var count = NOTHING_REMOVED;
        for (var trace : olderThan(workspaceId, before)) {
            count = plus(count, trace.size());
        }
        return count;
    }

    @Override
    public synchronized Removed prune(UUID workspaceId, Instant before, Consumer<Removed> progress, Deadline deadline) {
        check(deadline);
        var removed = NOTHING_REMOVED;
        for (var trace : olderThan(workspaceId, before)) {
            traces.remove(trace);
            removed = plus(removed, trace.size());
            if (removed.traces() % PRUNE_BATCH == 0) {
                progress.accept(removed);
                check(deadline);
            }
        }
        if (removed.traces() % PRUNE_BATCH != 0) {
            progress.accept(removed);
        }
        return removed;
    }

    private List<MemoryTrace> olderThan(UUID workspaceId, Instant before) {
        return traces.of(workspaceId).stream()
                .filter(trace -> trace.createdAt().isBefore(before))
                .toList();
    }

    private static Removed plus(Removed a, Removed b) {
        return new Removed(a.traces() + b.traces(), a.spans() + b.spans());
    }

    /** Does nothing and returns 0: here, a summary is written with its spans, and no other program writes. */
    @Override
    public synchronized long reindex(UUID workspaceId, boolean all, Deadline deadline) {
        check(deadline);
        return 0;
    }
}
