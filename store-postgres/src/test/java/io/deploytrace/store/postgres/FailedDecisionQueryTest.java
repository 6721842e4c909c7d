package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.FailedDecision;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.TimeRange;
import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailedDecisionQueryTest extends ReadingTest {

    @Test
    void failedDecisions_mixedSpans_areTheFailedDecisionsNewestFirst() {
        program.write(CREATED, failed(1, 1), span(1, 2).is("planning", "decision", "completed"));
        program.write(CREATED.plusSeconds(1), span(2, 1).is("eligibility", "check", "failed"));
        program.write(CREATED.plusSeconds(2), failed(3, 1).target("web"));

        assertThat(all(TimeRange.ALL))
                .containsExactly(decision(3, "web", CREATED.plusSeconds(2)), decision(1, "api", CREATED));
    }

    @Test
    void failedDecisions_severalOfOneTraceAndTime_areOneEntry() {
        program.write(CREATED, failed(1, 1), failed(1, 2));
        program.write(CREATED.plusSeconds(1), failed(1, 3));

        assertThat(all(TimeRange.ALL))
                .containsExactly(decision(1, "api", CREATED.plusSeconds(1)), decision(1, "api", CREATED));
    }

    @Test
    void failedDecisions_withoutReleaseTarget_nameNone() {
        program.write(CREATED, failed(1, 1).without(AttributeKeys.RELEASE_TARGET_KEY), failed(1, 2));

        assertThat(all(TimeRange.ALL)).containsExactly(decision(1, "api", CREATED), decision(1, null, CREATED));
    }

    @Test
    void failedDecisions_range_includesSinceAndExcludesUntil() {
        for (var trace = 0; trace < 4; trace++) {
            program.write(CREATED.plusSeconds(trace), failed(trace, 1));
        }

        assertThat(all(new TimeRange(CREATED.plusSeconds(1), CREATED.plusSeconds(3))))
                .containsExactly(
                        decision(2, "api", CREATED.plusSeconds(2)), decision(1, "api", CREATED.plusSeconds(1)));
    }

    @Test
    void failedDecisions_pagesOfEntriesAlikeInTime_haveNoGapAndNoDuplicate() {
        for (var trace = 1; trace <= 3; trace++) {
            program.write(
                    CREATED,
                    failed(trace, 1).target("b"),
                    failed(trace, 2).target("a"),
                    failed(trace, 3).without(AttributeKeys.RELEASE_TARGET_KEY));
        }

        var pages = pages(2, page -> reader.failedDecisions(workspace, TimeRange.ALL, page, deadline));

        assertThat(pages)
                .containsExactly(
                        List.of(decision(3, "b", CREATED), decision(3, "a", CREATED)),
                        List.of(decision(3, null, CREATED), decision(2, "b", CREATED)),
                        List.of(decision(2, "a", CREATED), decision(2, null, CREATED)),
                        List.of(decision(1, "b", CREATED), decision(1, "a", CREATED)),
                        List.of(decision(1, null, CREATED)));
    }

    private TestSpan failed(int trace, int sequence) {
        return span(trace, sequence).is("planning", "decision", "failed");
    }

    private static FailedDecision decision(int trace, String target, Instant createdAt) {
        return new FailedDecision(TestSpan.traceId(trace), target, createdAt);
    }

    private List<FailedDecision> all(TimeRange range) {
        var page = reader.failedDecisions(workspace, range, PageRequest.first(1_000), deadline);
        assertThat(page.nextCursor()).isNull();
        return page.items();
    }
}
