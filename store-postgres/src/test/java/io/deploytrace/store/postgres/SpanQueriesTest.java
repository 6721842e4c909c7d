package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.vocabulary.AttributeKeys;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanQueriesTest extends ReadingTest {

    @Test
    void trace_severalSpans_ordersBySequenceThenStartThenId() {
        var root = span(1, 0);
        var second = span(1, 2);
        var first = span(1, 1);
        var early = withoutSequence(1, 8, CREATED);
        var sameStart = withoutSequence(1, 9, CREATED);
        var latest = withoutSequence(1, 7, CREATED.plusSeconds(1));
        program.write(CREATED, latest, second, sameStart, root, early, first);
        program.write(CREATED, span(2, 0));

        assertThat(reader.trace(workspace, TestSpan.traceId(1), deadline))
                .containsExactlyElementsOf(built(root, first, second, early, sameStart, latest));
    }

    @Test
    void trace_unknown_isEmpty() {
        assertThat(reader.trace(workspace, TestSpan.traceId(1), deadline)).isEmpty();
    }

    @Test
    void children_ofASpan_areItsOwnWithinTheTrace() {
        var parent = TestSpan.spanId(workspace, 1);
        var second = span(1, 3).parent(parent);
        var first = span(1, 2).parent(parent);
        program.write(CREATED, span(1, 0), span(1, 1), second, first, span(1, 4));
        program.write(CREATED, span(2, 2).parent(parent));

        assertThat(reader.children(workspace, TestSpan.traceId(1), parent, deadline))
                .containsExactlyElementsOf(built(first, second));
        assertThat(reader.children(workspace, TestSpan.traceId(1), TestSpan.spanId(workspace, 4), deadline))
                .isEmpty();
    }

    @Test
    void spansOfJob_inSeveralTraces_areOrderedAcrossThem() {
        var job = span(1, 3).job("job-1");
        var step = span(1, 4).job("job-1");
        var external = span(2, 0).job("job-1").parentTrace(1);
        var externalStep = span(2, 3).job("job-1").parentTrace(1);
        program.write(CREATED, span(1, 0), step, job, span(1, 5).job("job-10"));
        program.write(CREATED.plusSeconds(60), externalStep, external);

        assertThat(reader.spansOfJob(workspace, "job-1", deadline))
                .containsExactlyElementsOf(built(external, job, externalStep, step));
    }

    @Test
    void traceWithLinked_parentAndChildren_ordersByTheTimeEachWasFirstWritten() {
        var lateChild = List.of(span(2, 0).parentTrace(5), span(2, 1).parentTrace(5));
        var earlyChild = List.of(span(9, 0).parentTrace(5), span(9, 1).parentTrace(5));
        program.write(CREATED, span(5, 0), span(5, 2));
        program.write(CREATED.plusSeconds(1), earlyChild.get(1));
        program.write(CREATED.plusSeconds(2), lateChild.get(0), lateChild.get(1));
        program.write(CREATED.plusSeconds(3), earlyChild.get(0));
        program.write(CREATED.plusSeconds(4), span(5, 1));
        program.write(CREATED, span(3, 0).parentTrace(4), span(4, 0));

        assertThat(reader.traceWithLinked(workspace, TestSpan.traceId(5), deadline))
                .containsExactlyElementsOf(built(
                        span(5, 0),
                        span(5, 1),
                        span(5, 2),
                        earlyChild.get(0),
                        earlyChild.get(1),
                        lateChild.get(0),
                        lateChild.get(1)));
    }

    @Test
    void traceWithLinked_childWhoseRootAloneNamesTheParent_isWhole() {
        program.write(CREATED, span(1, 0));
        program.write(CREATED.plusSeconds(1), span(2, 0).parentTrace(1), span(2, 1));

        assertThat(reader.traceWithLinked(workspace, TestSpan.traceId(1), deadline))
                .containsExactlyElementsOf(built(span(1, 0), span(2, 0).parentTrace(1), span(2, 1)));
    }

    @Test
    void traceWithLinked_traceThatNamesItself_isReturnedOnce() {
        program.write(CREATED, span(1, 0).parentTrace(1), span(1, 1).parentTrace(1));

        assertThat(reader.traceWithLinked(workspace, TestSpan.traceId(1), deadline))
                .containsExactlyElementsOf(
                        built(span(1, 0).parentTrace(1), span(1, 1).parentTrace(1)));
    }

    @Test
    void traceWithLinked_parentThatIsGone_stillReturnsItsChildren() {
        program.write(CREATED, span(2, 0).parentTrace(1));

        assertThat(reader.traceWithLinked(workspace, TestSpan.traceId(1), deadline))
                .containsExactlyElementsOf(built(span(2, 0).parentTrace(1)));
    }

    private TestSpan withoutSequence(int trace, int number, Instant start) {
        return span(trace, number).start(start).without(AttributeKeys.SEQUENCE);
    }
}
