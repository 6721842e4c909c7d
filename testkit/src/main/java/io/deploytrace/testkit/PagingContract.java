package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Span;
import io.deploytrace.store.Page;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.TargetFilter;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages join into the whole list, whatever their size, also while traces are written. */
public abstract class PagingContract extends StoreContract {

    private static final int TRACES = 7;

    private Page<?> traces(PageRequest page) {
        return reader().traces(workspace, TraceFilter.ALL, page, soon());
    }

    private Page<?> targets(PageRequest page) {
        return reader().targets(workspace, TargetFilter.ALL, page, soon());
    }

    private Page<?> decisions(PageRequest page) {
        return reader().failedDecisions(workspace, TimeRange.ALL, page, soon());
    }

    private Page<Span> spans(PageRequest page) {
        return reader().spansOfReleaseTarget(workspace, "api", TimeRange.ALL, page, soon());
    }

    private List<List<Span>> writeTraces(String... targets) {
        var traces = new ArrayList<List<Span>>();
        for (var target : targets) {
            traces.add(fixtures.stopped(workspace, target, Status.BLOCKED));
        }
        write(traces.stream().flatMap(List::stream).toList());
        return traces;
    }

    @Test
    void pages_ofAnySize_joinIntoTheWhole() {
        writeTraces(IntStream.range(0, TRACES).mapToObj(i -> "target-" + i).toArray(String[]::new));
        for (Function<PageRequest, Page<?>> list :
                List.<Function<PageRequest, Page<?>>>of(this::traces, this::targets, this::decisions)) {
            var whole = list.apply(PageRequest.first(100));
            assertThat(whole.items()).hasSize(TRACES);
            assertThat(whole.nextCursor()).isNull();
            for (var limit = 1; limit <= TRACES + 1; limit++) {
                assertThat(join(list, limit)).isEqualTo(whole.items());
            }
        }
    }

    private static List<Object> join(Function<PageRequest, Page<?>> list, int limit) {
        var joined = new ArrayList<Object>();
        var page = list.apply(PageRequest.first(limit));
        while (true) {
            assertThat(page.items()).hasSizeBetween(1, limit);
            joined.addAll(page.items());
            if (page.nextCursor() == null) {
                return joined;
            }
            assertThat(page.items()).hasSize(limit);
            page = list.apply(new PageRequest(limit, page.nextCursor()));
        }
    }

    @Test
    void pages_ofNothing_areOneEmptyPage() {
        assertThat(traces(PageRequest.first(1))).isEqualTo(new Page<>(List.of(), null));
        assertThat(targets(PageRequest.first(1))).isEqualTo(new Page<>(List.of(), null));
        assertThat(decisions(PageRequest.first(1))).isEqualTo(new Page<>(List.of(), null));
        assertThat(spans(PageRequest.first(1))).isEqualTo(new Page<>(List.of(), null));
    }

    @Test
    void spansOfReleaseTarget_inPages_areWholeTracesNewestFirst() {
        var traces = new ArrayList<List<Span>>();
        for (var i = 0; i < 3; i++) {
            traces.addAll(writeTraces("api", "billing"));
        }
        var own = new ArrayList<>(List.of(traces.get(0), traces.get(2), traces.get(4)));
        Collections.reverse(own);

        var first = spans(PageRequest.first(2));
        var second = spans(new PageRequest(2, first.nextCursor()));

        assertThat(first.items()).isEqualTo(joined(own.subList(0, 2)));
        assertThat(second.items()).isEqualTo(own.get(2));
        assertThat(second.nextCursor()).isNull();
        assertThat(spans(PageRequest.first(100)).items()).isEqualTo(joined(own));
    }

    private static List<Span> joined(List<List<Span>> traces) {
        return traces.stream().flatMap(List::stream).toList();
    }

    @Test
    void spansOfReleaseTarget_ofARange_areThoseOfItsTraces() {
        var first = writeTraces("api").get(0);
        var second = writeTraces("api").get(0);
        var range = new TimeRange(stored(first).createdAt(), stored(second).createdAt());

        assertThat(reader().spansOfReleaseTarget(workspace, "api", range, PageRequest.first(10), soon())
                        .items())
                .isEqualTo(first);
    }

    @Test
    void pages_whileTracesAreWritten_giveEachOlderTraceOnce() {
        writeTraces("a", "b", "c", "d");
        var whole = traces(PageRequest.first(100)).items();

        var first = traces(PageRequest.first(2));
        writeTraces("e", "f");
        var second = traces(new PageRequest(100, first.nextCursor()));

        assertThat(first.items()).isEqualTo(whole.subList(0, 2));
        assertThat(second.items()).isEqualTo(whole.subList(2, 4));
    }

    @Test
    void cursor_damagedOrOfAnotherList_isRefused() {
        writeTraces("a", "b", "c");
        var cursor = String.valueOf(traces(PageRequest.first(1)).nextCursor());

        for (var bad : List.of("", "x", "!", cursor + "A", cursor.substring(1), cursor.toUpperCase(Locale.ROOT))) {
            assertRefused(() -> traces(new PageRequest(1, bad)));
        }
        assertRefused(() -> targets(new PageRequest(1, cursor)));
        assertRefused(() -> decisions(new PageRequest(1, cursor)));
        assertRefused(() -> spans(new PageRequest(1, cursor)));
    }

    private static void assertRefused(Runnable read) {
        assertThatThrownBy(read::run)
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(SpanStoreException.Reason.INVALID_SPAN));
    }
}
