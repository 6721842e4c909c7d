package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.TimeRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseTargetQueriesTest extends ReadingTest {

    @Test
    void spansOfReleaseTarget_severalTraces_areNewestTraceFirstThenInSequence() {
        program.write(CREATED, span(7, 0), span(7, 1));
        program.write(CREATED.plusSeconds(1), span(3, 1), span(3, 0));
        program.write(CREATED.plusSeconds(2), span(4, 0).target("api-2"));
        program.write(CREATED.plusSeconds(3), span(7, 2));
        index();

        assertThat(all(TimeRange.ALL))
                .containsExactlyElementsOf(built(span(3, 0), span(3, 1), span(7, 0), span(7, 1), span(7, 2)));
    }

    @Test
    void spansOfReleaseTarget_linkedTraceOfTheTarget_isAmongThem() {
        program.write(CREATED, span(1, 0));
        program.write(CREATED.plusSeconds(1), span(2, 0).parentTrace(1));
        index();

        assertThat(all(TimeRange.ALL))
                .containsExactlyElementsOf(built(span(2, 0).parentTrace(1), span(1, 0)));
    }

    @Test
    void spansOfReleaseTarget_spansOfAnotherTargetInTheTrace_areLeftOut() {
        program.write(CREATED, span(1, 0), span(1, 1).target("web"), span(1, 2));
        index();

        assertThat(all(TimeRange.ALL)).containsExactlyElementsOf(built(span(1, 0), span(1, 2)));
    }

    @Test
    void spansOfReleaseTarget_range_includesSinceAndExcludesUntil() {
        writeTraces(span(1, 0), span(2, 0), span(3, 0), span(4, 0));

        assertThat(all(new TimeRange(CREATED.plusSeconds(1), CREATED.plusSeconds(3))))
                .containsExactlyElementsOf(built(span(3, 0), span(2, 0)));
        assertThat(all(TimeRange.since(CREATED.plusSeconds(3)))).containsExactlyElementsOf(built(span(4, 0)));
        assertThat(all(new TimeRange(null, CREATED.plusSeconds(1)))).containsExactlyElementsOf(built(span(1, 0)));
        assertThat(all(TimeRange.since(CREATED.plusSeconds(4)))).isEmpty();
    }

    @Test
    void spansOfReleaseTarget_boundsFinerThanMicroseconds_areExact() {
        program.write(CREATED.plusNanos(1_000), span(1, 0));
        index();

        assertThat(all(TimeRange.since(CREATED.plusNanos(1_000)))).hasSize(1);
        assertThat(all(TimeRange.since(CREATED.plusNanos(1_001)))).isEmpty();
        assertThat(all(new TimeRange(null, CREATED.plusNanos(1_000)))).isEmpty();
        assertThat(all(new TimeRange(null, CREATED.plusNanos(1_001)))).hasSize(1);
    }

    @Test
    void spansOfReleaseTarget_pages_holdWholeTraces() {
        for (var trace = 1; trace <= 5; trace++) {
            program.write(CREATED.plusSeconds(trace), span(trace, 0), span(trace, 1), span(trace, 2));
        }
        index();

        var pages = pages(2, page -> reader.spansOfReleaseTarget(workspace, "api", TimeRange.ALL, page, deadline));

        assertThat(pages)
                .containsExactly(
                        built(span(5, 0), span(5, 1), span(5, 2), span(4, 0), span(4, 1), span(4, 2)),
                        built(span(3, 0), span(3, 1), span(3, 2), span(2, 0), span(2, 1), span(2, 2)),
                        built(span(1, 0), span(1, 1), span(1, 2)));
    }

    private void index() {
        maintenance.reindex(workspace, false, deadline);
    }

    private List<Span> all(TimeRange range) {
        var page = reader.spansOfReleaseTarget(workspace, "api", range, PageRequest.first(1_000), deadline);
        assertThat(page.nextCursor()).isNull();
        return page.items();
    }
}
