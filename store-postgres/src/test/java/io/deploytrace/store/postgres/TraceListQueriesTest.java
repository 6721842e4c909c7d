package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.Outcome;
import io.deploytrace.query.TraceSummary;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceFilter;
import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceListQueriesTest extends ReadingTest {

    @Test
    void traces_withoutCriteria_areNewestFirstWithoutLinkedTraces() {
        writeTraces(span(5, 0), span(2, 0), span(9, 0).parentTrace(5), span(1, 0));

        assertThat(list(TraceFilter.ALL)).containsExactlyElementsOf(traceIds(1, 2, 5));
    }

    @Test
    void traces_alikeInTime_areOrderedByTraceIdDescending() {
        program.write(CREATED, span(2, 0), span(3, 0), span(1, 0));
        maintenance.reindex(workspace, false, deadline);

        assertThat(list(TraceFilter.ALL)).containsExactlyElementsOf(traceIds(3, 2, 1));
    }

    @Test
    void traces_ofAReleaseTarget_areItsOwn() {
        writeTraces(span(1, 0), span(2, 0).target("web"), span(3, 0));

        assertThat(list(TraceFilter.releaseTarget("api"))).containsExactlyElementsOf(traceIds(3, 1));
        assertThat(list(TraceFilter.releaseTarget("ap"))).isEmpty();
    }

    @Test
    void traces_ofARelease_areItsOwn() {
        writeTraces(span(1, 0).release("r1"), span(2, 0).release("r2"), span(3, 0));

        assertThat(list(new TraceFilter(null, "r1", null, null, null, null, null, null, TimeRange.ALL)))
                .containsExactlyElementsOf(traceIds(1));
    }

    @Test
    void traces_ofAJob_areThoseThatTriggeredItAndThoseThatBelongToIt() {
        program.write(
                CREATED, span(1, 0).job("j1"), span(1, 1).job("j1"), span(1, 2).job("j2"));
        program.write(CREATED.plusSeconds(1), span(2, 0).job("j2").parentTrace(1));
        program.write(CREATED.plusSeconds(2), span(3, 0));
        maintenance.reindex(workspace, false, deadline);

        assertThat(list(ofJob("j2"))).containsExactlyElementsOf(traceIds(2, 1));
        assertThat(list(ofJob("j1"))).containsExactlyElementsOf(traceIds(1));
        assertThat(list(ofJob("j3"))).isEmpty();
    }

    @Test
    void traces_ofPhaseNodeTypeAndStatus_haveOneSpanThatMatchesAll() {
        program.write(CREATED, span(1, 0), span(1, 1).is("planning", "decision", "failed"));
        program.write(
                CREATED.plusSeconds(1),
                span(2, 0),
                span(2, 1).is("planning", "decision", "completed"),
                span(2, 2).is("planning", "evaluation", "failed"));
        program.write(CREATED.plusSeconds(2), span(3, 0), span(3, 1).is("eligibility", "decision", "failed"));
        maintenance.reindex(workspace, false, deadline);

        assertThat(list(ofSpan("planning", "decision", "failed"))).containsExactlyElementsOf(traceIds(1));
        assertThat(list(ofSpan("planning", "decision", null))).containsExactlyElementsOf(traceIds(2, 1));
        assertThat(list(ofSpan("planning", null, "failed"))).containsExactlyElementsOf(traceIds(2, 1));
        assertThat(list(ofSpan(null, "decision", "failed"))).containsExactlyElementsOf(traceIds(3, 1));
        assertThat(list(ofSpan(null, null, "failed"))).containsExactlyElementsOf(traceIds(3, 2, 1));
        assertThat(list(ofSpan("execution", null, null))).isEmpty();
    }

    @Test
    void traces_ofAnOutcome_areThoseSummarisedSo() {
        writeTraces(span(1, 0), span(2, 0).open(), span(3, 0).open());
        var outcome = reader.summary(workspace, TestSpan.traceId(2), deadline)
                .orElseThrow()
                .summary()
                .outcome();

        assertThat(outcome).isEqualTo(Outcome.RUNNING);
        assertThat(list(new TraceFilter(null, null, null, null, null, null, outcome, null, TimeRange.ALL)))
                .containsExactlyElementsOf(traceIds(3, 2));
    }

    @Test
    void traces_withinARange_includeSinceAndExcludeUntil() {
        writeTraces(span(1, 0), span(2, 0), span(3, 0), span(4, 0));
        var range = new TimeRange(CREATED.plusSeconds(1), CREATED.plusSeconds(3));

        assertThat(list(new TraceFilter(null, null, null, null, null, null, null, null, range)))
                .containsExactlyElementsOf(traceIds(3, 2));
    }

    @Test
    void traces_withinTheEndsOfTime_areAll() {
        writeTraces(span(1, 0));
        var range = new TimeRange(Instant.MIN, Instant.MAX);

        assertThat(list(new TraceFilter(null, null, null, null, null, null, null, null, range)))
                .containsExactlyElementsOf(traceIds(1));
    }

    @Test
    void traces_ofAllCriteriaTogether_matchEachOfThem() {
        writeTraces(
                span(1, 0).release("r1").job("j1"),
                span(2, 0).release("r1").job("j1").target("web"),
                span(3, 0).release("r2").job("j1"));
        var outcome = reader.summary(workspace, TestSpan.traceId(1), deadline)
                .orElseThrow()
                .summary()
                .outcome();
        var range = new TimeRange(CREATED, CREATED.plusSeconds(3));
        var filter = new TraceFilter("api", "r1", "j1", "reconciliation", "phase", "completed", outcome, null, range);

        assertThat(list(filter)).containsExactlyElementsOf(traceIds(1));
    }

    @Test
    void summary_ofATrace_isComputedFromItsSpans() {
        var spans = new TestSpan[] {
            span(1, 0).release("r1").with(AttributeKeys.TRIGGER, "version.created"),
            span(1, 1)
                    .is("planning", "evaluation", "blocked")
                    .with(AttributeKeys.RULE_ID, "rule-1")
                    .with(AttributeKeys.RESULT, "blocked")
                    .with(AttributeKeys.MESSAGE, "Not on a Friday")
        };
        program.write(CREATED, spans);
        maintenance.reindex(workspace, false, deadline);

        var stored = reader.summary(workspace, TestSpan.traceId(1), deadline).orElseThrow();

        assertThat(stored.summary()).isEqualTo(TraceSummary.of(built(spans)));
        assertThat(stored.summary().cause()).isNotNull();
        assertThat(stored.createdAt()).isEqualTo(CREATED);
        assertThat(stored.revision()).isEqualTo(1);
        assertThat(reader.summary(workspace, TestSpan.traceId(2), deadline)).isEmpty();
    }

    @Test
    void linkedTraces_ofATrace_areOldestFirst() {
        writeTraces(
                span(1, 0),
                span(9, 0).parentTrace(1),
                span(4, 0).parentTrace(2),
                span(3, 0).parentTrace(1));

        assertThat(traceIdsOf(reader.linkedTraces(workspace, TestSpan.traceId(1), deadline)))
                .containsExactlyElementsOf(traceIds(9, 3));
        assertThat(reader.linkedTraces(workspace, TestSpan.traceId(9), deadline))
                .isEmpty();
    }

    private static TraceFilter ofJob(String jobId) {
        return new TraceFilter(null, null, jobId, null, null, null, null, null, TimeRange.ALL);
    }

    private static TraceFilter ofSpan(String phase, String nodeType, String status) {
        return new TraceFilter(null, null, null, phase, nodeType, status, null, null, TimeRange.ALL);
    }

    private List<String> list(TraceFilter filter) {
        var page = reader.traces(workspace, filter, PageRequest.first(100), deadline);
        assertThat(page.nextCursor()).isNull();
        return traceIdsOf(page.items());
    }
}
