package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads of single traces, of what is linked to them, of jobs. */
public abstract class ReadingContract extends StoreContract {

    @Test
    void reads_ofWhatIsNotThere_areEmpty() {
        write(fixtures.completeWorkflow(workspace, "api"));
        var traceId = fixtures.traceId();

        assertThat(reader().trace(workspace, traceId, soon())).isEmpty();
        assertThat(reader().traceWithLinked(workspace, traceId, soon())).isEmpty();
        assertThat(reader().children(workspace, traceId, fixtures.spanId(), soon()))
                .isEmpty();
        assertThat(reader().spansOfJob(workspace, "no such job", soon())).isEmpty();
        assertThat(reader().summary(workspace, traceId, soon())).isEmpty();
        assertThat(reader().linkedTraces(workspace, traceId, soon())).isEmpty();
    }

    @Test
    void reads_ofIdsThatAreNone_areEmpty() {
        for (var id : List.of("", "x", "4BF92F3577B34DA6A3CE929D0E0E4736", "' OR 1 = 1 --")) {
            assertThat(reader().trace(workspace, id, soon())).isEmpty();
            assertThat(reader().children(workspace, id, id, soon())).isEmpty();
            assertThat(reader().summary(workspace, id, soon())).isEmpty();
        }
    }

    @Test
    void trace_withAndWithoutSequence_isOrderedBySequenceThenStartThenId() {
        var trace = fixtures.trace(workspace);
        var root = trace.root(Status.COMPLETED);
        var unordered = new LinkedHashMap<String, Object>(root.attributes().asMap());
        unordered.remove(AttributeKeys.SEQUENCE);
        var late = bare(root, "00000000000000b1", 20, unordered);
        var early = bare(root, "00000000000000c1", 10, unordered);
        var earlyToo = bare(root, "00000000000000c2", 10, unordered);
        unordered.put(AttributeKeys.SEQUENCE, -5);
        var first = bare(root, "00000000000000d1", 90, unordered);

        write(List.of(earlyToo, late, root, first, early));

        assertHolds(List.of(first, root, early, earlyToo, late));
    }

    private static Span bare(Span root, String spanId, int seconds, Map<String, Object> attributes) {
        return new Span(
                root.traceId(),
                spanId,
                root.spanId(),
                "x",
                root.startTime().plusSeconds(seconds),
                null,
                Attributes.copyOf(attributes),
                List.of());
    }

    @Test
    void children_ofASpan_areThoseDirectlyBelowInSequence() {
        var trace = fixtures.completeWorkflow(workspace, "api");
        write(trace);
        var root = trace.get(0);

        var children = reader().children(workspace, root.traceId(), root.spanId(), soon());

        assertThat(children)
                .extracting(Span::name)
                .containsExactly("Planning", "Eligibility", "Execution", "Verification");
        assertThat(children)
                .isEqualTo(trace.stream()
                        .filter(span -> root.spanId().equals(span.parentSpanId()))
                        .toList());
    }

    @Test
    void spansOfJob_ofSeveralTraces_areThoseThatCarryIt() {
        var parent = fixtures.failedJob(workspace, "api", "job-7");
        var external = fixtures.external(workspace, parent.get(0).traceId(), "job-7", Status.FAILED);
        var other = fixtures.failedJob(workspace, "api", "job-8");
        writeEach(List.of(external, parent, other));

        assertThat(reader().spansOfJob(workspace, "job-7", soon()))
                .isEqualTo(Stream.concat(parent.stream(), external.stream())
                        .filter(span -> "job-7".equals(span.jobId()))
                        .sorted(Span.IN_SEQUENCE.thenComparing(Span::traceId))
                        .toList());
    }

    @Test
    void traceWithLinked_givesTheTracesAsTheyWereWritten() {
        var parent = fixtures.failedJob(workspace, "api", "job-7");
        var parentId = parent.get(0).traceId();
        var second = fixtures.external(workspace, parentId, "job-7", Status.FAILED);
        var first = fixtures.external(workspace, parentId, "job-7", Status.COMPLETED);
        var unrelated = fixtures.external(workspace, fixtures.traceId(), "job-7", Status.COMPLETED);
        var stored = writeEach(List.of(parent, first, unrelated, second));

        assertThat(reader().traceWithLinked(workspace, parentId, soon()))
                .isEqualTo(
                        Stream.of(parent, first, second).flatMap(List::stream).toList());
        assertThat(reader().linkedTraces(workspace, parentId, soon())).containsExactly(stored.get(1), stored.get(3));
    }

    @Test
    void traceWithLinked_linksOfLinks_areFollowedToTheLast() {
        var parent = fixtures.failedJob(workspace, "api", "job-7");
        var child = fixtures.external(workspace, parent.get(0).traceId(), "job-7", Status.FAILED);
        var grandchild = fixtures.external(workspace, child.get(0).traceId(), "job-8", Status.FAILED);
        var last = fixtures.external(workspace, grandchild.get(0).traceId(), "job-9", Status.FAILED);
        var stored = writeEach(List.of(last, parent, grandchild, child));

        assertThat(reader().traceWithLinked(workspace, parent.get(0).traceId(), soon()))
                .isEqualTo(Stream.of(last, parent, grandchild, child)
                        .flatMap(List::stream)
                        .toList());
        assertThat(reader().linkedTraces(workspace, parent.get(0).traceId(), soon()))
                .containsExactly(stored.get(0), stored.get(2), stored.get(3));
        assertThat(reader().linkedTraces(workspace, grandchild.get(0).traceId(), soon()))
                .containsExactly(stored.get(0));
    }

    @Test
    void traceWithLinked_linksInACircle_givesEachOnce() {
        var a = fixtures.traceId();
        var b = fixtures.traceId();
        var first = linked(a, b);
        var second = linked(b, a);
        var stored = writeEach(List.of(first, second));

        for (var traceId : List.of(a, b)) {
            assertThat(reader().traceWithLinked(workspace, traceId, soon()))
                    .containsExactly(first.get(0), second.get(0));
        }
        assertThat(reader().linkedTraces(workspace, a, soon())).containsExactly(stored.get(1));
        assertThat(reader().linkedTraces(workspace, b, soon())).containsExactly(stored.get(0));
    }

    /** A trace of one span that names another as its parent. */
    private List<Span> linked(String traceId, String parentTraceId) {
        var span = fixtures.trace(workspace)
                .with(AttributeKeys.PARENT_TRACE_ID, parentTraceId)
                .root(Status.COMPLETED);
        return List.of(new Span(
                traceId,
                span.spanId(),
                null,
                span.name(),
                span.startTime(),
                span.endTime(),
                span.attributes(),
                span.events()));
    }

    @Test
    void traceWithLinked_ofAParentThatIsNotThere_givesTheLinkedOnes() {
        var parentId = fixtures.traceId();
        var external = fixtures.external(workspace, parentId, "job-7", Status.COMPLETED);
        write(external);

        assertThat(reader().traceWithLinked(workspace, parentId, soon())).isEqualTo(external);
        assertThat(reader().trace(workspace, parentId, soon())).isEmpty();
    }

    @Test
    void reads_withADeadlineThatPassed_fail() {
        var trace = fixtures.single(workspace);
        write(trace);

        assertThatThrownBy(() -> reader().trace(workspace, trace.get(0).traceId(), passed()))
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(SpanStoreException.Reason.DEADLINE_PASSED));
    }

    @Test
    void lists_ofSpans_canNotBeChanged() {
        var trace = fixtures.single(workspace);
        write(trace);

        assertThatThrownBy(() -> read(trace).clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
