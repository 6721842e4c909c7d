package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.TargetFilter;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest extends ReadingTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7, 8, 100})
    void traces_pagesOfAnySize_joinToTheWholeList(int limit) {
        program.write(CREATED, span(1, 0), span(2, 0), span(3, 0));
        program.write(CREATED.plusSeconds(1), span(6, 0), span(5, 0));
        program.write(CREATED.plusSeconds(2), span(4, 0), span(7, 0));
        maintenance.reindex(workspace, false, deadline);

        var pages = pages(limit, page -> reader.traces(workspace, TraceFilter.ALL, page, deadline));

        assertThat(pages).hasSize((7 + limit - 1) / limit);
        assertThat(pages.stream().flatMap(page -> traceIdsOf(page).stream()))
                .containsExactlyElementsOf(traceIds(7, 4, 6, 5, 3, 2, 1));
    }

    @Test
    void traces_tracesWrittenBetweenPages_leaveNoGapAndNoDuplicateBehindTheCursor() {
        var random = new Random(20261122);
        var times = IntStream.range(1, 41).map(i -> random.nextInt(10)).toArray();
        for (var trace = 1; trace <= times.length; trace++) {
            program.write(CREATED.plusSeconds(times[trace - 1]), span(trace, 0), span(trace, 1));
        }
        maintenance.reindex(workspace, false, deadline);
        var expected = traceIdsOf(reader.traces(workspace, TraceFilter.ALL, PageRequest.first(100), deadline)
                .items());

        var seen = readWhileOthersWrite(page -> {
            var read = reader.traces(workspace, TraceFilter.ALL, page, deadline);
            return new Read(traceIdsOf(read.items()), read.nextCursor());
        });

        assertThat(seen).containsExactlyElementsOf(expected);
    }

    @Test
    void spansOfReleaseTarget_spansWrittenBetweenPages_neverCutATraceApart() {
        for (var trace = 1; trace <= 20; trace++) {
            program.write(CREATED.plusSeconds(trace / 3), span(trace, 0), span(trace, 1));
        }
        maintenance.reindex(workspace, false, deadline);

        var seen = readWhileOthersWrite(page -> {
            var read = reader.spansOfReleaseTarget(workspace, "api", TimeRange.ALL, page, deadline);
            var ids = read.items().stream().map(span -> span.traceId()).toList();
            assertThat(ids.stream().distinct().count()).isLessThanOrEqualTo(page.limit());
            return new Read(ids.stream().distinct().toList(), read.nextCursor());
        });

        assertThat(seen)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 20)
                        .map(i -> 21 - i)
                        .mapToObj(TestSpan::traceId)
                        .toList());
    }

    @Test
    void spansOfReleaseTarget_lateSpansOfATrace_keepItsPlace() {
        writeTraces(span(1, 0), span(2, 0), span(3, 0));
        var first = reader.spansOfReleaseTarget(workspace, "api", TimeRange.ALL, PageRequest.first(1), deadline);
        program.write(CREATED.plusSeconds(9), span(1, 1), span(3, 1));
        maintenance.reindex(workspace, false, deadline);

        var rest = reader.spansOfReleaseTarget(
                workspace, "api", TimeRange.ALL, new PageRequest(5, first.nextCursor()), deadline);

        assertThat(first.items()).containsExactlyElementsOf(built(span(3, 0)));
        assertThat(rest.items()).containsExactlyElementsOf(built(span(2, 0), span(1, 0), span(1, 1)));
    }

    @Test
    void lists_cursorThatIsDamagedOrOfAnotherList_areRefused() {
        writeTraces(span(1, 0), span(2, 0).target("web"));
        var cursor = reader.traces(workspace, TraceFilter.ALL, PageRequest.first(1), deadline)
                .nextCursor();
        var damaged = new PageRequest(1, cursor.substring(0, cursor.length() - 2) + "AA");
        var sound = new PageRequest(1, cursor);

        assertRefused(() -> reader.traces(workspace, TraceFilter.ALL, damaged, deadline), "is damaged");
        assertRefused(() -> reader.failedDecisions(workspace, TimeRange.ALL, damaged, deadline), "is damaged");
        assertRefused(() -> reader.targets(workspace, TargetFilter.ALL, damaged, deadline), "is damaged");
        assertRefused(
                () -> reader.spansOfReleaseTarget(workspace, "api", TimeRange.ALL, damaged, deadline), "is damaged");
        assertRefused(
                () -> reader.failedDecisions(workspace, TimeRange.ALL, sound, deadline),
                "belongs to the list \"traces\"");
        assertRefused(
                () -> reader.targets(workspace, TargetFilter.ALL, sound, deadline), "belongs to the list \"traces\"");
        assertRefused(
                () -> reader.spansOfReleaseTarget(workspace, "api", TimeRange.ALL, sound, deadline),
                "belongs to the list \"traces\", not to \"spansOfReleaseTarget\"");
    }

    private static void assertRefused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        e -> assertThat(e.reason()).isEqualTo(SpanStoreException.Reason.INVALID_SPAN))
                .hasMessageContaining("The cursor \"")
                .hasMessageContaining(message);
    }

    private List<String> readWhileOthersWrite(Function<PageRequest, Read> list) {
        var seen = new ArrayList<String>();
        var request = PageRequest.first(3);
        for (var other = 1_000; ; other++) {
            var read = list.apply(request);
            seen.addAll(read.traceIds());
            if (read.nextCursor() == null) {
                return seen;
            }
            program.write(CREATED.plusSeconds(60), span(other, 0), span(other, 1));
            maintenance.reindex(workspace, false, deadline);
            request = new PageRequest(3, read.nextCursor());
        }
    }

    private record Read(List<String> traceIds, String nextCursor) {}
}
