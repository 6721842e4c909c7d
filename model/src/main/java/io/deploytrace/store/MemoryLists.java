package io.deploytrace.store;

import io.deploytrace.query.TraceRun;
import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Span;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The paged lists of an {@link InMemorySpanStore}, computed from the traces of one workspace, oldest first. */
final class MemoryLists {

    private static final String TRACES = "traces";
    private static final String RELEASE_TARGET = "releaseTarget";
    private static final String RUNS = "runs";
    private static final String DECISIONS = "failedDecisions";

    /** As a database orders text whose collation is that of its bytes. */
    static final Comparator<String> BY_BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private static final Comparator<FailedDecision> DECISIONS_BY_AGE = Comparator.comparing(FailedDecision::createdAt)
            .thenComparing(FailedDecision::traceId)
            .thenComparing(decision -> orEmpty(decision.releaseTargetKey()), BY_BYTES);

    private final List<MemoryTrace> traces;

    MemoryLists(List<MemoryTrace> traces) {
        this.traces = traces;
    }

    Page<StoredTrace> traces(TraceFilter filter, PageRequest page) {
        var matching = newestFirst(TRACES, page).filter(trace -> matches(trace, filter));
        return page(matching.map(MemoryTrace::stored), page, trace -> cursor(TRACES, trace));
    }

    /** Those linked to each of several traces, oldest first; one that none is linked to is left out. */
    Map<String, List<StoredTrace>> linked(Collection<String> traceIds) {
        var links = MemoryLinks.ofSummaries(traces);
        var all = new HashMap<String, List<StoredTrace>>();
        for (var traceId : traceIds) {
            var linked = linked(traceId, links.under(traceId));
            if (!linked.isEmpty()) {
                all.put(traceId, linked);
            }
        }
        return Map.copyOf(all);
    }

    private List<StoredTrace> linked(String traceId, Set<String> under) {
        return traces.stream()
                .filter(trace ->
                        under.contains(trace.traceId()) && !trace.traceId().equals(traceId))
                .map(MemoryTrace::stored)
                .toList();
    }

    private static String cursor(String list, StoredTrace trace) {
        return PageCursor.of(list, trace.createdAt().toString(), trace.summary().traceId())
                .text();
    }

    Page<TraceRun> runs(String key, TimeRange range, PageRequest page) {
        var filter = new TraceFilter(key, null, null, null, null, null, null, null, range);
        var matching = newestFirst(RUNS, page).filter(trace -> matches(trace, filter));
        return page(new MemoryRuns(traces).of(matching), page, run -> SpanReader.behind(run.oldest()));
    }

    Page<Span> spansOfReleaseTarget(String key, TimeRange range, PageRequest request) {
        var matching = newestFirst(RELEASE_TARGET, request)
                .filter(trace -> key.equals(trace.summary().releaseTargetKey()) && range.contains(trace.createdAt()));
        var page = page(matching, request, trace -> cursor(RELEASE_TARGET, trace.stored()));
        var spans = page.items().stream()
                .flatMap(trace -> trace.spans().stream())
                .filter(span -> key.equals(span.releaseTargetKey()))
                .toList();
        return new Page<>(spans, page.nextCursor());
    }

    Page<FailedDecision> failedDecisions(TimeRange range, PageRequest page) {
        var last = page.cursor() == null ? null : decision(PageCursor.parse(DECISIONS, 3, page.cursor()));
        var decisions = traces.stream()
                .flatMap(trace -> trace.rows().stream())
                .filter(row -> "decision".equals(row.span().nodeType())
                        && "failed".equals(row.span().status())
                        && range.contains(row.createdAt()))
                .map(row -> decision(row.span().traceId(), orEmpty(row.span().releaseTargetKey()), row.createdAt()))
                .distinct()
                .filter(decision -> last == null || DECISIONS_BY_AGE.compare(decision, last) < 0)
                .sorted(DECISIONS_BY_AGE.reversed());
        return page(
                decisions,
                page,
                decision -> PageCursor.of(
                                DECISIONS,
                                decision.createdAt().toString(),
                                decision.traceId(),
                                orEmpty(decision.releaseTargetKey()))
                        .text());
    }

    private static FailedDecision decision(PageCursor cursor) {
        return decision(cursor.position().get(1), cursor.position().get(2), cursor.time(0));
    }

    private static FailedDecision decision(String traceId, String key, Instant createdAt) {
        return new FailedDecision(traceId, key.isEmpty() ? null : key, createdAt);
    }

    private Stream<MemoryTrace> newestFirst(String list, PageRequest page) {
        var newestFirst = traces.stream().sorted(MemoryTrace.BY_AGE.reversed());
        if (page.cursor() == null) {
            return newestFirst;
        }
        var cursor = PageCursor.parse(list, 2, page.cursor());
        var createdAt = cursor.time(0);
        var traceId = cursor.position().get(1);
        return newestFirst.filter(trace -> trace.createdAt().isBefore(createdAt)
                || (trace.createdAt().equals(createdAt) && trace.traceId().compareTo(traceId) < 0));
    }

    private static boolean matches(MemoryTrace trace, TraceFilter filter) {
        var summary = trace.summary();
        var jobId = filter.jobId();
        return isGiven(filter.releaseTargetKey(), summary.releaseTargetKey())
                && isGiven(filter.releaseId(), summary.releaseId())
                && isGiven(filter.outcome(), summary.outcome())
                && filter.range().contains(trace.createdAt())
                && (filter.text() == null || says(summary, SearchText.of(filter.text())))
                && (jobId == null
                        ? summary.parentTraceId() == null
                        : hasSpan(trace, span -> jobId.equals(span.jobId())))
                && hasSpan(
                        trace,
                        span -> isGiven(filter.phase(), span.phase())
                                && isGiven(filter.nodeType(), span.nodeType())
                                && isGiven(filter.status(), span.status()));
    }

    private static boolean says(TraceSummary summary, SearchText text) {
        var cause = summary.cause();
        return text.begins(summary.traceId())
                || text.isIn(summary.releaseTargetKey())
                || text.isIn(summary.releaseId())
                || text.isIn(summary.jobId())
                || text.isIn(summary.trigger())
                || (cause != null
                        && (text.isIn(cause.rule()) || text.isIn(cause.name()) || text.isIn(cause.message())));
    }

    private static boolean hasSpan(MemoryTrace trace, Predicate<Span> condition) {
        return trace.rows().stream().anyMatch(row -> condition.test(row.span()));
    }

    private static boolean isGiven(@Nullable Object wanted, @Nullable Object actual) {
        return wanted == null || wanted.equals(actual);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    static <T> Page<T> page(Stream<T> entries, PageRequest page, Function<T, String> cursor) {
        var found = entries.limit(page.limit() + 1L).toList();
        return found.size() <= page.limit()
                ? new Page<>(found, null)
                : new Page<>(found.subList(0, page.limit()), cursor.apply(found.get(page.limit() - 1)));
    }
}
