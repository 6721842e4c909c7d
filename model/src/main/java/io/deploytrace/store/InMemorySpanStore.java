package io.deploytrace.store;

import io.deploytrace.query.FanoutTarget;
import io.deploytrace.query.Outline;
import io.deploytrace.query.TraceRun;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
public final class InMemorySpanStore implements SpanWriter, SpanReader, TraceMaintenance, TraceChanges {

    /** The number of spans held by default. */
    public static final int DEFAULT_MAXIMUM_SPANS = 100_000;

    private final MemoryTraces traces = new MemoryTraces();
    private final MemoryChanges changes = new MemoryChanges(traces);
    private final MemoryWriting writing;

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
        Objects.requireNonNull(clock, "clock");
        if (maximumSpans < 1) {
            throw new IllegalArgumentException("maximumSpans must be at least 1, but is " + maximumSpans);
        }
        this.writing = new MemoryWriting(traces, clock, maximumSpans);
    }

    /** Makes a workspace known; spans of others are refused. */
    public synchronized void addWorkspace(UUID workspaceId) {
        writing.addWorkspace(Objects.requireNonNull(workspaceId, "workspaceId"));
    }

    /** How many traces were evicted since the start. */
    public synchronized long evictedTraces() {
        return writing.evicted().traces();
    }

    /** How many spans were evicted since the start. */
    public synchronized long evictedSpans() {
        return writing.evicted().spans();
    }

    @Override
    public synchronized WriteResult write(Collection<Span> spans, Deadline deadline) {
        var batch = SpanBatch.of(spans);
        if (batch.isEmpty()) {
            return WriteResult.NOTHING;
        }
        check(deadline);
        return writing.write(batch);
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
        return spans(workspaceId).withLinked(traceId);
    }

    @Override
    public synchronized Map<String, List<Span>> outlines(
            UUID workspaceId, Collection<String> traceIds, Deadline deadline) {
        SpanReader.checkKeys(traceIds);
        check(deadline);
        return spans(workspaceId).outlines(traceIds);
    }

    @Override
    public synchronized List<Span> spansOf(UUID workspaceId, Collection<SpanKey> keys, Deadline deadline) {
        SpanReader.checkKeys(keys);
        check(deadline);
        return spans(workspaceId).of(keys);
    }

    @Override
    public synchronized List<Span> outlinesOf(UUID workspaceId, Collection<SpanKey> keys, Deadline deadline) {
        return spansOf(workspaceId, keys, deadline).stream()
                .map(Outline::withMessage)
                .toList();
    }

    @Override
    public synchronized Page<Span> spans(UUID workspaceId, SpanFilter filter, PageRequest page, Deadline deadline) {
        check(deadline);
        return spans(workspaceId).filtered(filter, page);
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
        return spans(workspaceId).ofJob(jobId);
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
    public synchronized Page<TargetState> targets(
            UUID workspaceId, TargetFilter filter, PageRequest page, Deadline deadline) {
        check(deadline);
        return new MemoryTargets(traces.of(workspaceId)).page(filter, page);
    }

    @Override
    public synchronized List<String> targetKeys(UUID workspaceId, String beginning, int limit, Deadline deadline) {
        check(deadline);
        return new MemoryTargets(traces.of(workspaceId)).keys(beginning, limit);
    }

    private MemorySpans spans(UUID workspaceId) {
        return new MemorySpans(traces.of(workspaceId));
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
    public synchronized Map<String, List<StoredTrace>> linkedTraces(
            UUID workspaceId, Collection<String> traceIds, Deadline deadline) {
        SpanReader.checkKeys(traceIds);
        check(deadline);
        return new MemoryLists(traces.of(workspaceId)).linked(traceIds);
    }

    @Override
    public synchronized Page<TraceRun> runs(
            UUID workspaceId, String releaseTargetKey, TimeRange range, PageRequest page, Deadline deadline) {
        return list(workspaceId, deadline, lists -> lists.runs(releaseTargetKey, range, page));
    }

    @Override
    public synchronized Optional<StoredTrace> lastStarted(
            UUID workspaceId, String releaseTargetKey, Deadline deadline) {
        check(deadline);
        return new MemoryTargets(traces.of(workspaceId)).lastStarted(releaseTargetKey);
    }

    @Override
    public synchronized Page<FanoutTarget> fanout(
            UUID workspaceId, String releaseId, PageRequest page, Deadline deadline) {
        check(deadline);
        return new MemoryTargets(traces.of(workspaceId)).fanout(releaseId, page);
    }

    @Override
    public synchronized String now(Deadline deadline) {
        check(deadline);
        return changes.now();
    }

    @Override
    public synchronized List<ChangedTraces> since(Collection<ChangesRequest> requests, int limit, Deadline deadline) {
        TraceChanges.checkLimit(limit);
        check(deadline);
        return requests.stream().map(request -> changes.since(request, limit)).toList();
    }

    @Override
    public synchronized Instant time(Deadline deadline) {
        check(deadline);
        return writing.time();
    }

    @Override
    public synchronized Removed countOlderThan(UUID workspaceId, Instant before, Deadline deadline) {
        check(deadline);
        return new MemoryRemoval(traces, workspaceId, before).count();
    }

    @Override
    public synchronized Removed prune(UUID workspaceId, Instant before, Consumer<Removed> progress, Deadline deadline) {
        check(deadline);
        return new MemoryRemoval(traces, workspaceId, before).run(progress, () -> check(deadline));
    }

    /** Does nothing and returns 0: here, a summary is written with its spans, and no other program writes. */
    @Override
    public synchronized long reindex(UUID workspaceId, boolean all, Deadline deadline) {
        return reindex(workspaceId, TimeRange.ALL, deadline);
    }

    @Override
    public synchronized long reindex(UUID workspaceId, TimeRange written, Deadline deadline) {
        check(deadline);
        return 0;
    }
}
