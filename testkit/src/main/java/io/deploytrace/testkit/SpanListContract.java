package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Span;
import io.deploytrace.store.Page;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanColumn;
import io.deploytrace.store.SpanFilter;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The list of spans by the values of their columns. */
public abstract class SpanListContract extends StoreContract {

    private List<Span> newestFirst;

    @BeforeEach
    void writeSpans() {
        var traces = new ArrayList<List<Span>>();
        for (var target : List.of("api", "billing")) {
            traces.add(fixtures.completeWorkflow(workspace, target));
            traces.add(fixtures.stopped(workspace, target, Status.BLOCKED));
            traces.add(fixtures.external(workspace, traces.get(0).get(0).traceId(), "job-7", Status.FAILED));
        }
        traces.add(fixtures.single(workspace));
        newestFirst = new ArrayList<>();
        for (var trace : traces) {
            write(trace);
            newestFirst.addAll(0, byKey(trace));
        }
    }

    private static List<Span> byKey(List<Span> trace) {
        return trace.stream().sorted(Comparator.comparing(Span::key).reversed()).toList();
    }

    private Page<Span> page(SpanFilter filter, PageRequest page) {
        return reader().spans(workspace, filter, page, soon());
    }

    private List<Span> list(SpanFilter filter) {
        var page = page(filter, PageRequest.first(1_000));
        assertThat(page.nextCursor()).isNull();
        return page.items();
    }

    private List<Span> expected(Predicate<Span> condition) {
        return newestFirst.stream().filter(condition).toList();
    }

    @Test
    void spans_all_areNewestFirstThenByTheirKeysDescending() {
        assertThat(list(SpanFilter.ALL)).isEqualTo(newestFirst);
    }

    @ParameterizedTest
    @EnumSource
    void spans_ofAValue_haveItInThatColumn(SpanColumn column) {
        var values = newestFirst.stream()
                .map(column::of)
                .filter(Objects::nonNull)
                .distinct()
                .toList();

        assertThat(values).isNotEmpty();
        for (var value : values) {
            assertThat(list(SpanFilter.ALL.and(column, value)))
                    .isEqualTo(expected(span -> value.equals(column.of(span))));
        }
        var other = column.type() == Integer.class ? (Object) 7_777 : "7777%";
        assertThat(list(SpanFilter.ALL.and(column, other))).isEmpty();
    }

    @Test
    void spans_ofSeveralValues_haveThemAll() {
        var filter = SpanFilter.ALL
                .and(SpanColumn.RELEASE_TARGET_KEY, "api")
                .and(SpanColumn.NODE_TYPE, "evaluation")
                .and(SpanColumn.STATUS, "blocked");

        assertThat(list(filter))
                .isNotEmpty()
                .isEqualTo(expected(span -> "api".equals(span.releaseTargetKey())
                        && "evaluation".equals(span.nodeType())
                        && "blocked".equals(span.status())));
        assertThat(list(filter.and(SpanColumn.PHASE, "execution"))).isEmpty();
    }

    @Test
    void spans_ofARange_beginAtItsStartAndEndBeforeItsEnd() {
        var traceIds = newestFirst.stream().map(Span::traceId).distinct().toList();
        var times = traceIds.stream()
                .map(traceId -> reader().summary(workspace, traceId, soon())
                        .orElseThrow()
                        .createdAt())
                .toList();
        var range = new TimeRange(times.get(4), times.get(1));

        assertThat(list(SpanFilter.ALL.within(range)))
                .isEqualTo(expected(span -> traceIds.subList(2, 5).contains(span.traceId())));
    }

    @Test
    void spans_inPages_joinIntoTheWholeAlsoWhileOthersAreWritten() {
        for (var limit = 1; limit <= 8; limit++) {
            var known = list(SpanFilter.ALL);
            var joined = new ArrayList<Span>();
            var page = page(SpanFilter.ALL, PageRequest.first(limit));
            while (true) {
                joined.addAll(page.items());
                if (page.nextCursor() == null) {
                    break;
                }
                if (joined.size() < 10) {
                    write(fixtures.single(workspace));
                }
                page = page(SpanFilter.ALL, new PageRequest(limit, page.nextCursor()));
            }
            assertThat(joined).isEqualTo(known);
        }
    }

    @Test
    void spans_ofAnotherWorkspace_areNotListed() {
        var other = store.newWorkspace();
        for (var reading : List.of(other, UUID.randomUUID())) {
            for (var column : SpanColumn.values()) {
                var values = new HashSet<>(newestFirst.stream()
                        .map(column::of)
                        .filter(Objects::nonNull)
                        .toList());
                for (var value : values) {
                    var filter = SpanFilter.ALL.and(column, value);
                    assertThat(reader().spans(reading, filter, PageRequest.first(10), soon())
                                    .items())
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void cursor_damagedOrOfAnotherList_isRefused() {
        var cursor = String.valueOf(page(SpanFilter.ALL, PageRequest.first(1)).nextCursor());
        var ofTraces = reader().traces(workspace, TraceFilter.ALL, PageRequest.first(1), soon())
                .nextCursor();

        for (var bad : List.of("", "x", cursor + "A", String.valueOf(ofTraces))) {
            assertThatThrownBy(() -> page(SpanFilter.ALL, new PageRequest(1, bad)))
                    .isInstanceOfSatisfying(
                            SpanStoreException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(SpanStoreException.Reason.INVALID_SPAN));
        }
    }

    @Test
    void filter_ofAValueThatNoColumnHolds_isRefused() {
        assertThatThrownBy(() -> SpanFilter.ALL.and(SpanColumn.DEPTH, "1"))
                .hasMessage("depth must be of type Integer, but is String");
        assertThatThrownBy(() -> new SpanFilter(Map.of(SpanColumn.NAME, "a\u0000b"), TimeRange.ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("name must have no NUL");
    }
}
