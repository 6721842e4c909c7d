package io.deploytrace.store.postgres;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

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
import io.deploytrace.store.SpanWriter;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TargetFilter;
import io.deploytrace.store.TargetState;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.store.WriteResult;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Spans in PostgreSQL. The schema must be there ({@link PostgresSchema}).
 *
 * <p>A call borrows one connection of the data source and gives it back as it found it. It sets nothing that would
 * outlive a transaction, neither settings nor locks, so that the connection may lead through a pooler in transaction
 * mode. The server keeps the statements of writes prepared, from a connection's fifth on, if the connection leads to it directly: if
 * the server's process id is the one that the driver was told. Behind a pooler it isn't, and nothing is kept. The data source should be the pool itself: behind a proxy that lends the
 * connection of the application's current transaction, a write would commit that transaction.
 *
 * <p>A call is cancelled when its deadline passes. How long it may wait before for a connection is the data source's
 * own setting (the pool's connection timeout).
 *
 * <p>Holds nothing that must be closed. Safe for use by several threads.
 */
public final class PostgresSpanStore implements SpanWriter, SpanReader {

    /** The most that one write takes: the sum of the sizes of all attributes and events as JSON, in bytes of UTF-8. */
    public static final int MAXIMUM_WRITE_SIZE = 128 * 1_048_576;

    private static final String NOTHING_READ = "Nothing was read.";

    private final Database database;
    private final SpanWriting writing;

    private PostgresSpanStore(Builder builder) {
        database = new Database(builder.dataSource);
        writing = new SpanWriting(database, builder.clock, builder.copyFrom);
    }

    /** A builder of a store in the database of the data source, which stays the caller's to close. */
    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    @Override
    public WriteResult write(Collection<Span> spans, Deadline deadline) {
        return writing.write(spans, deadline);
    }

    /**
     * {@inheritDoc} This store commits all batches in one step. Where two have a trace in common, or all are too large
     * together, it writes one after the other.
     */
    @Override
    public List<WriteResult> writeAll(List<? extends Collection<Span>> batches, Deadline deadline) {
        return writing.writeAll(batches, deadline);
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
    public List<Span> outline(UUID workspaceId, String traceId, Deadline deadline) {
        return database.transaction(NOTHING_READ, deadline, OutlineQuery.of(workspaceId, traceId)::listInParts);
    }

    @Override
    public Map<String, List<Span>> outlines(UUID workspaceId, Collection<String> traceIds, Deadline deadline) {
        SpanReader.checkKeys(traceIds);
        return list(OutlineQuery.ofSeveral(workspaceId, traceIds), deadline).stream()
                .collect(groupingBy(
                        OutlineQuery.Linked::root,
                        collectingAndThen(mapping(OutlineQuery.Linked::span, toList()), List::copyOf)));
    }

    @Override
    public List<Span> spansOf(UUID workspaceId, Collection<SpanKey> keys, Deadline deadline) {
        SpanReader.checkKeys(keys);
        return list(SpanQueries.ofKeys(workspaceId, keys), deadline);
    }

    @Override
    public List<Span> outlinesOf(UUID workspaceId, Collection<SpanKey> keys, Deadline deadline) {
        SpanReader.checkKeys(keys);
        return list(OutlineQuery.ofKeys(workspaceId, keys), deadline);
    }

    @Override
    public Page<Span> spans(UUID workspaceId, SpanFilter filter, PageRequest page, Deadline deadline) {
        return SpanListQuery.page(list(SpanListQuery.of(workspaceId, filter, page), deadline), page);
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
    public Map<String, List<StoredTrace>> linkedTraces(
            UUID workspaceId, Collection<String> traceIds, Deadline deadline) {
        SpanReader.checkKeys(traceIds);
        return list(TraceListQueries.linked(workspaceId, traceIds), deadline).stream()
                .collect(groupingBy(
                        TraceListQueries.Linked::root,
                        collectingAndThen(mapping(TraceListQueries.Linked::trace, toList()), List::copyOf)));
    }

    @Override
    public Page<TraceRun> runs(
            UUID workspaceId, String releaseTargetKey, TimeRange range, PageRequest page, Deadline deadline) {
        var runs = RunQuery.page(list(RunQuery.of(workspaceId, releaseTargetKey, range, page), deadline), page);
        return runs.items().stream().anyMatch(RunQuery::mayFallApart)
                ? RunQuery.page(list(RunQuery.withLinked(workspaceId, releaseTargetKey, range, page), deadline), page)
                : runs;
    }

    @Override
    public Optional<StoredTrace> lastStarted(UUID workspaceId, String releaseTargetKey, Deadline deadline) {
        return list(TraceListQueries.lastStarted(workspaceId, releaseTargetKey), deadline).stream()
                .findFirst();
    }

    @Override
    public Page<FanoutTarget> fanout(UUID workspaceId, String releaseId, PageRequest page, Deadline deadline) {
        return FanoutQuery.page(list(FanoutQuery.of(workspaceId, releaseId, page), deadline), page);
    }

    @Override
    public Page<TargetState> targets(UUID workspaceId, TargetFilter filter, PageRequest page, Deadline deadline) {
        return TargetQuery.page(list(TargetQuery.of(workspaceId, filter, page), deadline), page);
    }

    @Override
    public List<String> targetKeys(UUID workspaceId, String beginning, int limit, Deadline deadline) {
        return list(TargetKeysQuery.of(workspaceId, beginning, limit), deadline);
    }

    private <T> List<T> list(Query<T> query, Deadline deadline) {
        return database.call(NOTHING_READ, deadline, query::list);
    }

    /** Collects the settings of a store; not safe for use by several threads. */
    public static final class Builder {

        private final DataSource dataSource;
        private @Nullable InstantSource clock;
        private int copyFrom = SpanWriting.COPY_FROM;

        private Builder(DataSource dataSource) {
            this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        }

        /**
         * The clock that {@code created_at} and {@code updated_at} are read from. By default the database's, so that all
         * writers of one database agree.
         */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** From how many spans on a write goes by COPY; for tests, to which all writes are small. */
        Builder copyFrom(int spans) {
            this.copyFrom = spans;
            return this;
        }

        /** The store. */
        public PostgresSpanStore build() {
            return new PostgresSpanStore(this);
        }
    }
}
