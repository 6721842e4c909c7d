package io.deploytrace.store.postgres;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.FailedDecision;
import io.deploytrace.store.Page;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Answers each question with the query that is made for it. */
final class PostgresReader implements SpanReader {

    private final Database database;

    PostgresReader(Database database) {
        this.database = database;
    }

    @Override
    public List<Span> trace(UUID workspaceId, String traceId, Deadline deadline) {
        return list(SpanQueries.trace(workspaceId, traceId), deadline);
    }

    @Override
    public List<Span> traceWithLinked(UUID workspaceId, String traceId, Deadline deadline) {
        return list(SpanQueries.traceWithLinked(workspaceId, traceId), deadline);
    }

    @Override
    public List<Span> children(UUID workspaceId, String traceId, String spanId, Deadline deadline) {
        return list(SpanQueries.children(workspaceId, traceId, spanId), deadline);
    }

    @Override
    public List<Span> spansOfJob(UUID workspaceId, String jobId, Deadline deadline) {
        return list(SpanQueries.ofJob(workspaceId, jobId), deadline);
    }

    @Override
    public Page<Span> spansOfReleaseTarget(
            UUID workspaceId, String releaseTargetKey, TimeRange range, PageRequest page, Deadline deadline) {
        var query = ReleaseTargetQueries.traces(workspaceId, releaseTargetKey, range, page);
        var traces = ReleaseTargetQueries.page(list(query, deadline), page);
        var spans = ReleaseTargetQueries.spans(workspaceId, releaseTargetKey, traces.items());
        return new Page<>(list(spans, deadline), traces.nextCursor());
    }

    @Override
    public Page<FailedDecision> failedDecisions(
            UUID workspaceId, TimeRange range, PageRequest page, Deadline deadline) {
        return FailedDecisionQuery.page(list(FailedDecisionQuery.of(workspaceId, range, page), deadline), page);
    }

    @Override
    public Optional<StoredTrace> summary(UUID workspaceId, String traceId, Deadline deadline) {
        return list(TraceListQueries.one(workspaceId, traceId), deadline).stream()
                .findFirst();
    }

    @Override
    public Page<StoredTrace> traces(UUID workspaceId, TraceFilter filter, PageRequest page, Deadline deadline) {
        return TraceListQueries.page(list(TraceListQueries.filtered(workspaceId, filter, page), deadline), page);
    }

    @Override
    public List<StoredTrace> linkedTraces(UUID workspaceId, String traceId, Deadline deadline) {
        return list(TraceListQueries.linked(workspaceId, traceId), deadline);
    }

    @Override
    public Page<StoredTrace> latestOfEachTarget(UUID workspaceId, PageRequest page, Deadline deadline) {
        return LatestOfEachTargetQuery.page(list(LatestOfEachTargetQuery.of(workspaceId, page), deadline), page);
    }

    private <T> List<T> list(Query<T> query, Deadline deadline) {
        return database.call("Nothing was read.", deadline, query::list);
    }
}
