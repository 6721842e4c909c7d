package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.PageRequest;
import io.deploytrace.store.TargetFilter;
import io.deploytrace.store.TargetState;
import io.deploytrace.vocabulary.AttributeKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetQueryTest extends ReadingTest {

    @Test
    void targets_severalTraces_areTheNewestOfEachByKey() {
        writeTraces(
                span(1, 0).target("web"),
                span(2, 0).target("api"),
                span(3, 0).target("web"),
                span(4, 0).target("api"),
                span(5, 0).target("db"));

        assertThat(latest()).containsExactlyElementsOf(traceIds(4, 5, 3));
    }

    @Test
    void targets_newestIsLinked_isTheNewestThatStandsAlone() {
        writeTraces(
                span(1, 0),
                span(2, 0),
                span(3, 0).parentTrace(2),
                span(4, 0).target("job").parentTrace(2));

        assertThat(latest()).containsExactlyElementsOf(traceIds(2));
    }

    @Test
    void targets_tracesWithoutTarget_areLeftOut() {
        writeTraces(
                span(1, 0).without(AttributeKeys.RELEASE_TARGET_KEY), span(2, 0).target(""));

        assertThat(latest()).containsExactlyElementsOf(traceIds(2));
    }

    @Test
    void targets_alikeInTime_isTheGreatestTraceId() {
        program.write(CREATED, span(2, 0), span(3, 0), span(1, 0));
        maintenance.reindex(workspace, false, deadline);

        assertThat(latest()).containsExactlyElementsOf(traceIds(3));
    }

    @Test
    void targets_keysOfAllKinds_areOrderedByTheirBytes() {
        writeTraces(
                span(1, 0).target("a-c"),
                span(2, 0).target("ab"),
                span(3, 0).target("B"),
                span(4, 0).target("a b"),
                span(5, 0).target("é"),
                span(6, 0).target("z"),
                span(7, 0).target("\uD83D\uDE80"),
                span(8, 0).target("\uFF5A"));

        assertThat(latest()).containsExactlyElementsOf(traceIds(3, 4, 1, 2, 6, 5, 8, 7));
    }

    @Test
    void targets_pages_haveNoGapAndNoDuplicate() {
        writeTraces(
                span(1, 0).target("a"),
                span(2, 0).target("b"),
                span(3, 0).target("c"),
                span(4, 0).target("d"),
                span(5, 0).target("b"));

        var pages = pages(2, page -> reader.targets(workspace, TargetFilter.ALL, page, deadline));

        assertThat(pages.stream().map(TargetQueryTest::latest)).containsExactly(traceIds(1, 5), traceIds(3, 4));
    }

    private List<String> latest() {
        var page = reader.targets(workspace, TargetFilter.ALL, PageRequest.first(100), deadline);
        assertThat(page.nextCursor()).isNull();
        return latest(page.items());
    }

    private static List<String> latest(List<TargetState> targets) {
        return traceIdsOf(targets.stream().map(TargetState::latest).toList());
    }
}
