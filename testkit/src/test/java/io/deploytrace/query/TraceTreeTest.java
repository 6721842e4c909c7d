package io.deploytrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.TraceNode.Placement;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.GeneratedTraces;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TraceTreeTest {

    private static final UUID WORKSPACE = UUID.fromString("0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47");

    private final Fixtures fixtures = new Fixtures(7);

    private static List<String> print(TraceTree tree) {
        return tree.nodes().stream()
                .map(node -> "  ".repeat(node.level()) + node.span().name() + " "
                        + node.placement().name().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Test
    void of_completeWorkflow_isTheTreeInSequence() {
        var spans = new ArrayList<>(fixtures.completeWorkflow(WORKSPACE, "api"));
        Collections.shuffle(spans, new Random(1));

        assertThat(print(TraceTree.of(spans)))
                .containsExactly(
                        "Reconciliation root",
                        "  Planning child",
                        "    Approval Policy child",
                        "    Deploy approved child",
                        "  Eligibility child",
                        "    Already Deployed child",
                        "    Eligible child",
                        "  Execution child",
                        "    Job: github-action child",
                        "  Verification child",
                        "    Check pods child",
                        "    Check endpoints child");
    }

    @Test
    void of_nothing_isEmpty() {
        assertThat(TraceTree.of(List.of()).roots()).isEmpty();
        assertThat(TraceTree.of(List.of()).nodes()).isEmpty();
    }

    @Test
    void of_linkedTraces_putsThemUnderTheirJobElseTheRoot() {
        var parent = fixtures.failedJob(WORKSPACE, "api", "job-7");
        var traceId = parent.get(0).traceId();
        var ofJob = fixtures.external(WORKSPACE, traceId, "job-7", Status.FAILED);
        var ofOther = fixtures.external(WORKSPACE, traceId, "job-8", Status.FAILED);
        var spans = Stream.of(ofOther, ofJob, parent).flatMap(List::stream).toList();

        assertThat(print(TraceTree.of(spans)))
                .containsExactly(
                        "Reconciliation root",
                        "  Execution child",
                        "    Job: github-action child",
                        "      build linked",
                        "        apply child",
                        "  build linked",
                        "    apply child");
        assertThat(print(TraceTree.of(ofJob))).containsExactly("build root", "  apply child");
    }

    @Test
    void of_orphansAndNoRoot_areAtTheTop() {
        var spans = fixtures.completeWorkflow(WORKSPACE, "api");

        assertThat(print(TraceTree.of(spans.subList(5, 9))))
                .containsExactly(
                        "Already Deployed orphan", "Eligible orphan", "Execution orphan", "  Job: github-action child");
    }

    @Test
    void of_circle_isCutAtItsFirstSpan() {
        var a = span("000000000000000a", "000000000000000c", 3);
        var b = span("000000000000000b", "000000000000000a", 1);
        var c = span("000000000000000c", "000000000000000b", 2);
        var self = span("000000000000000d", "000000000000000d", 0);
        var below = span("000000000000000e", "000000000000000a", 4);

        assertThat(print(TraceTree.of(List.of(a, b, c, self, below))))
                .containsExactly("0 circle", "1 circle", "  2 child", "    3 child", "      4 child");
    }

    private static Span span(String spanId, String parentSpanId, int sequence) {
        var attributes = Attributes.of(AttributeKeys.SEQUENCE, sequence);
        return new Span("t", spanId, parentSpanId, "" + sequence, Fixtures.START, null, attributes, List.of());
    }

    @Test
    void of_tracesThatNameEachOtherAsParent_losesNone() {
        var first = fixtures.trace(WORKSPACE);
        var second = fixtures.trace(WORKSPACE).with(AttributeKeys.PARENT_TRACE_ID, first.traceId());
        first.with(AttributeKeys.PARENT_TRACE_ID, second.traceId()).root(Status.COMPLETED);
        second.root(Status.COMPLETED);
        var spans =
                Stream.concat(first.spans().stream(), second.spans().stream()).toList();

        assertThat(print(TraceTree.of(spans))).containsExactly("Reconciliation circle", "  Reconciliation linked");
    }

    @Test
    void depth_whereNull_isDerived() {
        var root = span("000000000000000a", null, 0);
        var given = new Span(
                "t",
                "000000000000000b",
                "000000000000000a",
                "1",
                Fixtures.START,
                null,
                Attributes.of(AttributeKeys.DEPTH, 5),
                List.of());
        var below = span("000000000000000c", "000000000000000b", 2);

        assertThat(TraceTree.of(List.of(root, given, below)).nodes())
                .extracting(TraceNode::depth)
                .containsExactly(0, 5, 6);
    }

    @Test
    void of_generatedTraces_isAsThePlainRulesSay() {
        for (var i = 0; i < 1_000; i++) {
            var spans = GeneratedTraces.next(fixtures, WORKSPACE);

            var tree = TraceTree.of(spans);

            assertThat(tree.nodes()).extracting(TraceNode::span).containsExactlyInAnyOrderElementsOf(spans);
            var ordered = spans.stream().sorted(Span.IN_SEQUENCE).toList();
            for (var node : tree.nodes()) {
                assertThat(node.placement()).isEqualTo(placement(node.span(), ordered));
                assertThat(node.children()).extracting(TraceNode::span).isEqualTo(children(node.span(), ordered));
            }
        }
    }

    private static Placement placement(Span span, List<Span> ordered) {
        if (span.parentSpanId() == null) {
            return Placement.ROOT;
        }
        if (parent(span, ordered) == null) {
            return Placement.ORPHAN;
        }
        var circle = circle(span, ordered);
        return !circle.isEmpty()
                        && ordered.stream()
                                .filter(circle::contains)
                                .findFirst()
                                .orElseThrow()
                                .equals(span)
                ? Placement.CIRCLE
                : Placement.CHILD;
    }

    private static List<Span> children(Span span, List<Span> ordered) {
        return ordered.stream()
                .filter(child -> span.equals(parent(child, ordered)) && placement(child, ordered) == Placement.CHILD)
                .toList();
    }

    private static Span parent(Span span, List<Span> ordered) {
        return ordered.stream()
                .filter(other -> other.spanId().equals(span.parentSpanId()))
                .findFirst()
                .orElse(null);
    }

    /** The spans of the circle that the span is part of; empty when it is part of none. */
    private static Set<Span> circle(Span span, List<Span> ordered) {
        var walked = new HashSet<Span>();
        for (var at = span; at != null && walked.add(at); at = parent(at, ordered)) {
            if (span.equals(parent(at, ordered))) {
                return walked;
            }
        }
        return new HashSet<>();
    }

    @Test
    @Timeout(60)
    void of_eightyThousandSpansOneUnderTheOther_neitherOverflowsNorTakesLong() {
        var spans = new ArrayList<Span>();
        for (var i = 1; i <= 80_000; i++) {
            var parent = i == 1 ? null : String.format("%016x", i - 1);
            spans.add(new Span(
                    "t",
                    String.format("%016x", i),
                    parent,
                    "x",
                    Fixtures.START.plus(Duration.ofMillis(i)),
                    null,
                    Attributes.of(AttributeKeys.WORKSPACE_ID, WORKSPACE),
                    List.of()));
        }
        Collections.shuffle(spans, new Random(1));

        var tree = TraceTree.of(spans);

        assertThat(tree.nodes()).hasSize(80_000);
        assertThat(tree.roots()).hasSize(1);
        assertThat(tree.nodes().get(79_999).depth()).isEqualTo(79_999);
        assertThat(Completeness.of(spans)).isEqualTo(Completeness.OPEN);
        assertThat(TraceSummary.of(spans).spanCount()).isEqualTo(80_000);
        assertThat(Why.of(spans).outcome()).isEqualTo(Outcome.RUNNING);
    }
}
