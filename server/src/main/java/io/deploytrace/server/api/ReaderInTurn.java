package io.deploytrace.server.api;

import io.deploytrace.query.FanoutTarget;
import io.deploytrace.query.TraceRun;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.FailedDecision;
import io.deploytrace.store.Page;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanFilter;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TargetFilter;
import io.deploytrace.store.TargetState;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads as another reader does, but takes a turn before it reads the outlines of a large trace.
 *
 * @param takeTurn waits for the turn of the request that reads
 */
record ReaderInTurn(SpanReader reader, Runnable takeTurn) implements SpanReader {

    @Override
    public List<Span> outline(UUID workspaceId, String traceId, Deadline deadline) {
        takeTurnIfLarge(workspaceId, traceId, deadline);
        return reader.outline(workspaceId, traceId, deadline);
    }

    @Override
    public Map<String, List<Span>> outlines(UUID workspaceId, Collection<String> traceIds, Deadline deadline) {
        // Who asks for several knows that they are small together.
        if (traceIds.size() == 1) {
            takeTurnIfLarge(workspaceId, traceIds.iterator().next(), deadline);
        }
        return reader.outlines(workspaceId, traceIds, deadline);
    }

    private void takeTurnIfLarge(UUID workspaceId, String traceId, Deadline deadline) {
        summary(workspaceId, traceId, deadline)
                .filter(trace -> LargeTrace.isLarge(trace, linkedTraces(workspaceId, traceId, deadline)))
                .ifPresent(large -> takeTurn.run());
    }

    @Override
    public List<Span> trace(UUID workspaceId, String traceId, Deadline deadline) {
        return reader.trace(workspaceId, traceId, deadline);
    }

    @Override
    public List<Span> traceWithLinked(UUID workspaceId, String traceId, Deadline deadline) {
        return reader.traceWithLinked(workspaceId, traceId, deadline);
    }

    @Override
    public List<Span> spansOf(UUID workspaceId, Collection<SpanKey> keys, Deadline deadline) {
        return reader.spansOf(workspaceId, keys, deadline);
    }

    @Override
    public List<Span> outlinesOf(UUID workspaceId, Collection<SpanKey> keys, Deadline deadline) {
        return reader.outlinesOf(workspaceId, keys, deadline);
    }

    @Override
    public Page<Span> spans(UUID workspaceId, SpanFilter filter, PageRequest page, Deadline deadline) {
        return reader.spans(workspaceId, filter, page, deadline);
    }

    @Override
    public List<Span> children(UUID workspaceId, String traceId, String spanId, Deadline deadline) {
        return reader.children(workspaceId, traceId, spanId, deadline);
    }

    @Override
    public List<Span> spansOfJob(UUID workspaceId, String jobId, Deadline deadline) {
        return reader.spansOfJob(workspaceId, jobId, deadline);
    }

    @Override
    public Page<Span> spansOfReleaseTarget(
            UUID workspaceId, String releaseTargetKey, TimeRange range, PageRequest page, Deadline deadline) {
        return reader.spansOfReleaseTarget(workspaceId, releaseTargetKey, range, page, deadline);
    }

    @Override
    public Page<FailedDecision> failedDecisions(
            UUID workspaceId, TimeRange range, PageRequest page, Deadline deadline) {
        return reader.failedDecisions(workspaceId, range, page, deadline);
    }

    @Override
    public Optional<StoredTrace> summary(UUID workspaceId, String traceId, Deadline deadline) {
        return reader.summary(workspaceId, traceId, deadline);
    }

    @Override
    public Page<StoredTrace> traces(UUID workspaceId, TraceFilter filter, PageRequest page, Deadline deadline) {
        return reader.traces(workspaceId, filter, page, deadline);
    }

    @Override
    public Map<String, List<StoredTrace>> linkedTraces(
            UUID workspaceId, Collection<String> traceIds, Deadline deadline) {
        return reader.linkedTraces(workspaceId, traceIds, deadline);
    }

    @Override
    public Page<TraceRun> runs(
            UUID workspaceId, String releaseTargetKey, TimeRange range, PageRequest page, Deadline deadline) {
        return reader.runs(workspaceId, releaseTargetKey, range, page, deadline);
    }

    @Override
    public Optional<StoredTrace> lastStarted(UUID workspaceId, String releaseTargetKey, Deadline deadline) {
        return reader.lastStarted(workspaceId, releaseTargetKey, deadline);
    }

    @Override
    public Page<FanoutTarget> fanout(UUID workspaceId, String releaseId, PageRequest page, Deadline deadline) {
        return reader.fanout(workspaceId, releaseId, page, deadline);
    }

    @Override
    public Page<TargetState> targets(UUID workspaceId, TargetFilter filter, PageRequest page, Deadline deadline) {
        return reader.targets(workspaceId, filter, page, deadline);
    }

    @Override
    public List<String> targetKeys(UUID workspaceId, String beginning, int limit, Deadline deadline) {
        return reader.targetKeys(workspaceId, beginning, limit, deadline);
    }
}
