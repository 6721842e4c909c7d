package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.query.Blocker;
import io.deploytrace.query.Outline;
import io.deploytrace.query.TraceTree;
import io.deploytrace.query.Why;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanKey;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Large traces are read as outlines first, then in parts. */
public abstract class OutlineContract extends StoreContract {

    private static final int GENERATED = 60;

    private List<Span> outline(String traceId) {
        return reader().outline(workspace, traceId, soon());
    }

    private static List<SpanKey> keys(List<Span> spans) {
        return spans.stream().map(Span::key).toList();
    }

    private static List<SpanKey> blockers(Why why) {
        return why.blockers().stream().map(Blocker::span).map(Span::key).toList();
    }

    @Test
    void outline_ofATraceWithLinkedOnes_isThatOfEachSpanInTheSameOrder() {
        var trace = fixtures.failedJob(workspace, "api", "job-7");
        var traceId = trace.get(0).traceId();
        write(fixtures.external(workspace, traceId, "job-7", Status.FAILED));
        write(trace);
        write(fixtures.external(workspace, traceId, "job-7", Status.COMPLETED));
        write(fixtures.completeWorkflow(workspace, "api"));

        var whole = reader().traceWithLinked(workspace, traceId, soon());

        assertThat(outline(traceId)).isEqualTo(whole.stream().map(Outline::of).toList());
        assertThat(outline(traceId)).allMatch(span -> span.events().isEmpty());
        assertThat(reader().spansOf(workspace, keys(outline(traceId)), soon())).isEqualTo(whole);
    }

    @Test
    void outline_ofTracesOfEveryShape_saysTheSameOfOutcomeCompletenessBlockersAndTree() {
        for (var i = 0; i < GENERATED; i++) {
            var trace = GeneratedTraces.next(fixtures, workspace);
            var traceId = trace.get(0).traceId();
            write(trace);
            var whole = reader().traceWithLinked(workspace, traceId, soon());
            var why = Why.of(whole);

            var outline = outline(traceId);

            assertThat(outline).isEqualTo(whole.stream().map(Outline::of).toList());
            var fromOutline = Why.of(outline);
            assertThat(fromOutline.outcome()).isEqualTo(why.outcome());
            assertThat(fromOutline.completeness()).isEqualTo(why.completeness());
            assertThat(blockers(fromOutline)).isEqualTo(blockers(why));
            assertThat(fromOutline.summary().fingerprint())
                    .isEqualTo(why.summary().fingerprint());
            assertThat(order(outline)).isEqualTo(order(whole));
        }
    }

    private static List<String> order(List<Span> spans) {
        return TraceTree.of(spans).nodes().stream()
                .map(node -> node.span().key() + " " + node.placement() + " " + node.level() + " " + node.depth())
                .toList();
    }

    @Test
    void outline_ofLongTexts_isCutAtWholeCharacters() {
        var rocket = "\uD83D\uDE80";
        var attributes = Attributes.builder()
                .put(AttributeKeys.RULE_ID, rocket.repeat(300))
                .put(AttributeKeys.RESULT, List.of("blocked"))
                .put(AttributeKeys.JOB_TYPE, 7)
                .put(AttributeKeys.MESSAGE, "why")
                .put("other", "o".repeat(5_000));
        var trace = fixtures.trace(workspace);
        trace.add(null, "x".repeat(300), Phase.PLANNING, NodeType.EVALUATION, Status.BLOCKED, attributes.build());
        write(trace.spans());

        var outline = outline(trace.traceId()).get(0);

        assertThat(outline).isEqualTo(Outline.of(trace.spans().get(0)));
        assertThat(outline.name()).isEqualTo("x".repeat(256));
        assertThat(outline.attributes().getString(AttributeKeys.RULE_ID)).isEqualTo(rocket.repeat(256));
        assertThat(outline.attributes().get(AttributeKeys.JOB_TYPE)).isEqualTo("");
        assertThat(outline.attributes().asMap())
                .doesNotContainKeys("other", AttributeKeys.MESSAGE, AttributeKeys.RESULT);
    }

    @Test
    void spansOf_keysInAnyOrder_givesTheSpansInThatOrderWithoutThoseThatAreMissing() {
        var spans = new ArrayList<>(fixtures.completeWorkflow(workspace, "api"));
        spans.addAll(fixtures.single(workspace));
        write(spans);
        Collections.shuffle(spans, fixtures.random());
        var keys = new ArrayList<>(keys(spans));
        keys.add(3, new SpanKey(fixtures.traceId(), spans.get(0).spanId()));
        keys.add(5, new SpanKey(spans.get(0).traceId(), fixtures.spanId()));

        assertThat(reader().spansOf(workspace, keys, soon())).isEqualTo(spans);
        assertThat(reader().spansOf(workspace, List.of(), soon())).isEmpty();
    }

    @Test
    void outlinesOf_keysInAnyOrder_givesTheOutlinesWithTheirMessagesInThatOrder() {
        var trace = fixtures.trace(workspace);
        var attributes =
                Attributes.builder().put(AttributeKeys.MESSAGE, "m".repeat(300)).put("other", "o".repeat(5_000));
        trace.add(null, "Approval", Phase.PLANNING, NodeType.EVALUATION, Status.BLOCKED, attributes.build());
        var spans = new ArrayList<>(fixtures.failedJob(workspace, "api", "job-7"));
        spans.addAll(trace.spans());
        write(spans);
        Collections.shuffle(spans, fixtures.random());
        var keys = new ArrayList<>(keys(spans));
        keys.add(2, new SpanKey(fixtures.traceId(), spans.get(0).spanId()));

        var outlines = reader().outlinesOf(workspace, keys, soon());

        assertThat(outlines).isEqualTo(spans.stream().map(Outline::withMessage).toList());
        assertThat(outlines)
                .extracting(span -> span.attributes().getString(AttributeKeys.MESSAGE))
                .contains("m".repeat(256));
    }

    @Test
    void spansOf_tooManyKeys_areRefused() {
        var key = fixtures.single(workspace).get(0).key();

        assertThat(reader().spansOf(workspace, Collections.nCopies(1_000, key), soon()))
                .isEmpty();
        assertThatThrownBy(() -> reader().spansOf(workspace, Collections.nCopies(1_001, key), soon()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 1000, but are 1001");
        assertThatThrownBy(() -> reader().outlinesOf(workspace, Collections.nCopies(1_001, key), soon()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void outlineAndSpansOf_ofAnotherWorkspace_areEmpty() {
        var foreign = fixtures.completeWorkflow(store.newWorkspace(), "api");
        write(foreign);

        assertThat(outline(foreign.get(0).traceId())).isEmpty();
        assertThat(reader().spansOf(workspace, keys(foreign), soon())).isEmpty();
        assertThat(reader().outlinesOf(workspace, keys(foreign), soon())).isEmpty();
    }
}
