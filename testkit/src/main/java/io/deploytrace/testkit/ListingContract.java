package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.Outcome;
import io.deploytrace.span.Span;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists of traces: which, in what order, whatever the filter. */
public abstract class ListingContract extends StoreContract {

    private static final Comparator<StoredTrace> NEWEST_FIRST = Comparator.comparing(StoredTrace::createdAt)
            .thenComparing(trace -> trace.summary().traceId())
            .reversed();

    private List<List<Span>> written;

    @BeforeEach
    void writeTraces() {
        written = new ArrayList<>();
        for (var target : List.of("api", "billing", "Zebra", "élan")) {
            written.add(fixtures.stopped(workspace, target, Status.BLOCKED));
            written.add(fixtures.completeWorkflow(workspace, target));
            written.add(fixtures.failedJob(workspace, target, "job-" + target));
            written.add(fixtures.external(
                    workspace, written.get(written.size() - 1).get(0).traceId(), "job-" + target, Status.FAILED));
            written.add(fixtures.stopped(workspace, target, Status.PENDING));
        }
        written.add(fixtures.single(workspace));
        written.subList(0, 10).forEach(this::write);
        write(written.subList(10, written.size()).stream().flatMap(List::stream).toList());
    }

    /** What a filter must give, by the plainest of means. */
    private List<StoredTrace> expected(Predicate<StoredTrace> summary, Predicate<Span> oneSpan) {
        return written.stream()
                .filter(trace -> trace.stream().anyMatch(oneSpan))
                .map(this::stored)
                .filter(summary)
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private static boolean standsAlone(StoredTrace trace) {
        return trace.summary().parentTraceId() == null;
    }

    private List<StoredTrace> list(TraceFilter filter) {
        var page = reader().traces(workspace, filter, PageRequest.first(1_000), soon());
        assertThat(page.nextCursor()).isNull();
        return page.items();
    }

    @Test
    void traces_all_areNewestFirstWithoutExternalOnes() {
        assertThat(list(TraceFilter.ALL)).hasSize(17).isEqualTo(expected(ListingContract::standsAlone, span -> true));
    }

    @Test
    void traces_ofATarget_areItsOwn() {
        assertThat(list(TraceFilter.releaseTarget("billing")))
                .hasSize(4)
                .isEqualTo(expected(trace -> "billing".equals(trace.summary().releaseTargetKey()), span -> true));
        assertThat(list(TraceFilter.releaseTarget("bill"))).isEmpty();
        assertThat(list(TraceFilter.releaseTarget("bill%"))).isEmpty();
    }

    @Test
    void traces_ofARelease_areItsOwn() {
        assertThat(list(filter("v1.2.3", null, null, null, null, null)))
                .hasSize(4)
                .isEqualTo(expected(trace -> "v1.2.3".equals(trace.summary().releaseId()), span -> true));
    }

    @Test
    void traces_ofAJob_includeExternalOnes() {
        assertThat(list(filter(null, "job-api", null, null, null, null)))
                .hasSize(2)
                .isEqualTo(expected(trace -> true, span -> "job-api".equals(span.jobId())));
    }

    @Test
    void traces_ofAnOutcome_haveIt() {
        for (var outcome : Outcome.values()) {
            assertThat(list(filter(null, null, null, null, null, outcome)))
                    .isEqualTo(expected(
                            trace -> standsAlone(trace) && trace.summary().outcome() == outcome, span -> true));
        }
    }

    @Test
    void traces_ofPhaseTypeAndStatus_haveOneSpanThatMatchesAll() {
        assertThat(list(filter(null, null, "planning", "evaluation", "blocked", null)))
                .hasSize(4)
                .isEqualTo(expected(
                        ListingContract::standsAlone,
                        span -> "planning".equals(span.phase())
                                && "evaluation".equals(span.nodeType())
                                && "blocked".equals(span.status())));
        assertThat(list(filter(null, null, "execution", null, "blocked", null))).isEmpty();
        assertThat(list(filter(null, null, null, "check", null, null)))
                .isEqualTo(expected(ListingContract::standsAlone, span -> "check".equals(span.nodeType())));
    }

    @Test
    void traces_ofARange_beginAtItsStartAndEndBeforeItsEnd() {
        var all = list(TraceFilter.ALL);
        for (var newest = 0; newest < all.size(); newest++) {
            for (var oldest = newest; oldest < all.size(); oldest++) {
                var range = new TimeRange(
                        all.get(oldest).createdAt(), all.get(newest).createdAt());
                assertThat(list(new TraceFilter(null, null, null, null, null, null, null, null, range)))
                        .isEqualTo(all.subList(Math.min(newest + 1, oldest + 1), oldest + 1));
            }
        }
        assertThat(list(within(TimeRange.since(all.get(4).createdAt())))).isEqualTo(all.subList(0, 5));
        assertThat(list(within(new TimeRange(null, all.get(4).createdAt())))).isEqualTo(all.subList(5, all.size()));
    }

    private static TraceFilter within(TimeRange range) {
        return new TraceFilter(null, null, null, null, null, null, null, null, range);
    }

    private static TraceFilter filter(
            @Nullable String releaseId,
            @Nullable String jobId,
            @Nullable String phase,
            @Nullable String nodeType,
            @Nullable String status,
            @Nullable Outcome outcome) {
        return new TraceFilter(null, releaseId, jobId, phase, nodeType, status, outcome, null, TimeRange.ALL);
    }

    @Test
    void failedDecisions_areOnePerTraceNewestFirst() {
        var decisions = reader().failedDecisions(workspace, TimeRange.ALL, PageRequest.first(100), soon());
        var expected =
                expected(trace -> true, span -> "decision".equals(span.nodeType()) && "failed".equals(span.status()));

        assertThat(decisions.items()).hasSize(8);
        assertThat(decisions.items())
                .extracting(decision -> decision.traceId())
                .isEqualTo(expected.stream()
                        .map(trace -> trace.summary().traceId())
                        .toList());
        assertThat(decisions.items())
                .extracting(decision -> decision.createdAt())
                .isEqualTo(expected.stream().map(StoredTrace::createdAt).toList());
        assertThat(decisions.items())
                .extracting(decision -> decision.releaseTargetKey())
                .isEqualTo(expected.stream()
                        .map(trace -> trace.summary().releaseTargetKey())
                        .toList());
    }

    @Test
    void failedDecisions_ofARange_beginAtItsStartAndEndBeforeItsEnd() {
        var all = reader().failedDecisions(workspace, TimeRange.ALL, PageRequest.first(100), soon())
                .items();
        var range = new TimeRange(all.get(5).createdAt(), all.get(1).createdAt());

        assertThat(reader().failedDecisions(workspace, range, PageRequest.first(100), soon())
                        .items())
                .isEqualTo(all.subList(2, 6));
    }
}
