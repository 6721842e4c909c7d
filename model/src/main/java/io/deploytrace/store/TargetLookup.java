package io.deploytrace.store;

import io.deploytrace.query.Flapping;
import io.deploytrace.query.Holder;
import io.deploytrace.query.Outcome;
import io.deploytrace.query.SimilarNames;
import io.deploytrace.query.StepChange;
import io.deploytrace.query.TargetWhy;
import io.deploytrace.query.TraceSummary;
import io.deploytrace.query.Why;
import io.deploytrace.span.Span;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what the answer about a release target needs beside its newest trace: each by one look into an index, and a bounded part. */
final class TargetLookup {

    /** The most spans of its newest traces in which a step is looked for that comes and goes. */
    private static final int MAXIMUM_VERDICTS = 100;

    /** The most spans of a trace that is compared with another. */
    private static final int MAXIMUM_COMPARED = 1_000;

    /** The most jobs that hold something, and traces of each, that are looked at. */
    private static final int MAXIMUM_HOLDERS = 2;

    private static final int MAXIMUM_TRACES_OF_HOLDER = 10;

    /** The most names among which similar ones are looked for, and that are told. */
    private static final int MAXIMUM_NAMES = 200;

    private static final int MAXIMUM_SIMILAR = 3;
    private static final int SHORTEST_BEGINNING = 3;

    private final SpanReader reader;
    private final UUID workspaceId;
    private final String releaseTargetKey;
    private final Deadline deadline;
    private final LinkedOutcomes linked;

    TargetLookup(SpanReader reader, UUID workspaceId, String releaseTargetKey, Deadline deadline) {
        this.reader = reader;
        this.workspaceId = workspaceId;
        this.releaseTargetKey = releaseTargetKey;
        this.deadline = deadline;
        this.linked = new LinkedOutcomes(reader, workspaceId, deadline);
    }

    /** Its traces for as long as they give the same answer; null when it has none. */
    @Nullable TargetHistory history() {
        return TargetHistory.read(page -> traces(TraceFilter.releaseTarget(releaseTargetKey), page), linked);
    }

    private Page<StoredTrace> traces(TraceFilter filter, PageRequest page) {
        return reader.traces(workspaceId, filter, page, deadline);
    }

    /**
     * What deployed last, those linked to each counted.
     *
     * @param trace the newest trace that did; null when none of those that were looked at did
     * @param isCut whether older ones weren't looked at
     */
    record LastDeployed(@Nullable TraceSummary trace, boolean isCut) {}

    /** What deployed last, among the newest few that did by themselves. */
    LastDeployed lastDeployed(TargetHistory history) {
        if (history.isDeployed()) {
            return new LastDeployed(history.newest().summary(), false);
        }
        var before = history.before();
        if (before != null && before.outcome() == Outcome.DEPLOYED) {
            return new LastDeployed(before, false);
        }
        var filter = new TraceFilter(
                releaseTargetKey, null, null, null, null, null, Outcome.DEPLOYED, null, TraceFilter.ALL.range());
        var page = traces(filter, PageRequest.first(1));
        var found = firstDeployed(page);
        if (found == null && page.nextCursor() != null) {
            page = traces(filter, new PageRequest(TargetWhy.MAXIMUM_DEPLOYED - 1, page.nextCursor()));
            found = firstDeployed(page);
        }
        return new LastDeployed(found, found == null && page.nextCursor() != null);
    }

    /** Whether the newest trace, which began no job, names the release that deployed last, and no job of the target began since. */
    boolean isThere(TargetHistory history, @Nullable TraceSummary lastDeployed) {
        var newest = history.newest().summary();
        var isSameRelease = lastDeployed != null
                && newest.releaseId() != null
                && newest.releaseId().equals(lastDeployed.releaseId());
        if (lastDeployed == null || !isSameRelease || newest.outcome().gotGoing()) {
            return false;
        }
        var started = reader.lastStarted(workspaceId, releaseTargetKey, deadline);
        return started.isPresent() && started.get().summary().traceId().equals(lastDeployed.traceId());
    }

    private @Nullable TraceSummary firstDeployed(Page<StoredTrace> page) {
        var overall = linked.of(page.items().stream().map(StoredTrace::brief).toList());
        return page.items().stream()
                .map(StoredTrace::summary)
                .filter(trace ->
                        Objects.requireNonNull(overall.get(trace.traceId())).outcome() == Outcome.DEPLOYED)
                .findFirst()
                .orElse(null);
    }

    /**
     * What policies and checks say otherwise, in the newest trace with these spans, than then; null where that can't be told, or not at a
     * bounded cost.
     */
    @Nullable List<StepChange> changes(@Nullable TraceSummary lastDeployed, Why why, List<Span> spans) {
        var newest = why.summary();
        var isComparable = lastDeployed != null
                && why.outcome() != Outcome.DEPLOYED
                && why.outcome() != Outcome.RUNNING
                && lastDeployed.spanCount() <= MAXIMUM_COMPARED
                && newest.spanCount() <= MAXIMUM_COMPARED;
        if (lastDeployed == null || !isComparable) {
            return null;
        }
        var then = reader.trace(workspaceId, lastDeployed.traceId(), deadline);
        var now = spans.stream()
                .filter(span -> span.traceId().equals(newest.traceId()))
                .toList();
        return then.isEmpty() ? null : TargetWhy.changes(then, now);
    }

    /** How the first cause went the last times, if the history shows that answers alternate, and it does; else null. */
    @Nullable Flapping flapping(TargetHistory history, Why why) {
        var cause = why.cause();
        if (cause == null || cause.span().nodeType() == null || !history.alternates()) {
            return null;
        }
        var filter = SpanFilter.ALL
                .and(SpanColumn.RELEASE_TARGET_KEY, releaseTargetKey)
                .and(SpanColumn.NODE_TYPE, cause.span().nodeType());
        var spans = reader.spans(workspaceId, filter, PageRequest.first(MAXIMUM_VERDICTS), deadline);
        return Flapping.of(cause.span(), spans.items());
    }

    /** What is recorded of the jobs that, as the first cause says, hold what it waits for. */
    List<Holder> holders(Why why) {
        var cause = why.cause();
        return cause == null
                ? List.of()
                : cause.holders().stream()
                        .limit(MAXIMUM_HOLDERS)
                        .map(this::holder)
                        .flatMap(Optional::stream)
                        .toList();
    }

    private Optional<Holder> holder(String jobId) {
        var filter = new TraceFilter(null, null, jobId, null, null, null, null, null, TimeRange.ALL);
        var traces = traces(filter, PageRequest.first(MAXIMUM_TRACES_OF_HOLDER)).items();
        return traces.isEmpty() ? Optional.empty() : Optional.of(holder(jobId, traces));
    }

    private static Holder holder(String jobId, List<StoredTrace> traces) {
        var open =
                traces.stream().filter(trace -> trace.summary().openCount() > 0).findFirst();
        return new Holder(
                jobId,
                open.orElse(traces.get(0)).summary().traceId(),
                traces.stream()
                        .map(trace -> trace.summary().releaseTargetKey())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                open.isPresent() ? Outcome.RUNNING : traces.get(0).summary().outcome(),
                earliest(traces),
                traces.stream()
                        .map(StoredTrace::updatedAt)
                        .max(Comparator.naturalOrder())
                        .orElseThrow());
    }

    private static Instant earliest(List<StoredTrace> traces) {
        return traces.stream()
                .map(trace -> trace.summary().startTime())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Names of targets like its own: among those that begin as it does, else among those that begin with its first letters. */
    List<String> similar() {
        var half = beginning(Math.max(SHORTEST_BEGINNING, releaseTargetKey.length() / 2));
        var similar = similarAmong(half);
        return similar.isEmpty() ? similarAmong(beginning(SHORTEST_BEGINNING).toLowerCase(Locale.ROOT)) : similar;
    }

    private List<String> similarAmong(String beginning) {
        var names = reader.targetKeys(workspaceId, beginning, MAXIMUM_NAMES, deadline);
        return SimilarNames.to(releaseTargetKey, names, MAXIMUM_SIMILAR);
    }

    /** So many characters from the beginning; a pair of surrogates isn't cut apart. */
    private String beginning(int length) {
        var end = Math.min(length, releaseTargetKey.length());
        return releaseTargetKey.substring(
                0, end > 0 && Character.isHighSurrogate(releaseTargetKey.charAt(end - 1)) ? end - 1 : end);
    }
}
