package io.deploytrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final UUID WORKSPACE = UUID.fromString("0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47");

    private final Fixtures fixtures = new Fixtures(5);

    @Test
    void of_completeWorkflow_isItsSummaryInWhateverOrder() {
        var spans = new ArrayList<>(fixtures.completeWorkflow(WORKSPACE, "api"));
        var root = spans.get(0);
        var last = spans.get(11);
        Collections.shuffle(spans, new Random(3));

        var summary = TraceSummary.of(spans);

        assertThat(summary)
                .isEqualTo(new TraceSummary(
                        WORKSPACE,
                        root.traceId(),
                        null,
                        "api",
                        "v1.2.3",
                        "job-1",
                        null,
                        root.startTime(),
                        last.endTime(),
                        Outcome.DEPLOYED,
                        null,
                        12,
                        0,
                        summary.fingerprint()));
        assertThat(summary.fingerprint()).isEqualTo("v1:b2a5a7c00ffcdc0e1fd369170f9fd0e9");
    }

    @Test
    void of_nothingOrSeveralTracesOrNoWorkspace_fails() {
        var first = fixtures.single(WORKSPACE);
        var second = fixtures.single(WORKSPACE);
        var bare = new Span("t", "s", null, "x", Fixtures.START, null, Attributes.empty(), List.of());

        assertThatThrownBy(() -> TraceSummary.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TraceSummary.of(List.of(first.get(0), second.get(0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TraceSummary.of(List.of(bare))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cause_ofLongTexts_isCutWithoutHalvingACharacter() {
        var trace = fixtures.trace(WORKSPACE);
        var message = Attributes.of(AttributeKeys.MESSAGE, "x".repeat(998) + "🚀🚀");
        trace.add(null, "n".repeat(1_000), Phase.ACTION, NodeType.ACTION, Status.FAILED, message);

        var cause = TraceSummary.of(trace.spans()).cause();

        assertThat(cause.name()).isEqualTo("n".repeat(1_000));
        assertThat(cause.message()).isEqualTo("x".repeat(998) + "…");
    }

    @Test
    void fingerprint_ofTheSamePath_ignoresMessagesTimesIdsAndTriggers() {
        assertThat(fingerprint(verdict("Approval", "rule-1", "blocked", "1 of 2"), "no, 1 of 2"))
                .isEqualTo(fingerprint(verdict("Approval", "rule-1", "blocked", "0 of 2"), "no, 0 of 2"))
                .isEqualTo(fingerprint(verdict("Approval renamed", "rule-1", "blocked", "x"), "no"));
        assertThat(fingerprint(verdict("Approval", "rule-1", "blocked", "1 of 2"), "no"))
                .isNotEqualTo(fingerprint(verdict("Approval", "rule-1", "pending", "1 of 2"), "no"))
                .isNotEqualTo(fingerprint(verdict("Approval", "rule-2", "blocked", "1 of 2"), "no"))
                .isNotEqualTo(fingerprint(verdict("Approval", null, "blocked", "1 of 2"), "no"));
    }

    private static Attributes verdict(String name, String rule, String status, String message) {
        return Attributes.builder()
                .put("name", name)
                .put(AttributeKeys.RULE_ID, rule)
                .put(AttributeKeys.STATUS, status)
                .put(AttributeKeys.MESSAGE, message)
                .build();
    }

    private String fingerprint(Attributes verdict, String decision) {
        var trace = fixtures.trace(WORKSPACE);
        var root = trace.add(
                null, "Reconciliation (" + decision + ")", Phase.RECONCILIATION, NodeType.PHASE, Status.COMPLETED);
        trace.add(root, verdict.getString("name"), Phase.PLANNING, NodeType.EVALUATION, Status.BLOCKED, verdict);
        trace.add(root, decision, Phase.PLANNING, NodeType.DECISION, Status.FAILED);
        return TraceSummary.of(trace.spans()).fingerprint();
    }

    @Test
    void completeness_ofWholeOpenAndTornTraces_saysSo() {
        var whole = fixtures.completeWorkflow(WORKSPACE, "api");
        var open = fixtures.external(WORKSPACE, fixtures.traceId(), "job-7", Status.RUNNING);
        var withoutLast = whole.subList(0, 11);
        var withoutLeaf = new ArrayList<>(whole);
        withoutLeaf.remove(5);
        var twoRoots = new ArrayList<>(whole);
        twoRoots.add(fixtures.single(WORKSPACE).get(0));

        assertThat(Completeness.of(whole)).isEqualTo(Completeness.COMPLETE);
        assertThat(Completeness.of(open)).isEqualTo(Completeness.OPEN);
        assertThat(Completeness.of(whole.subList(1, 12))).isEqualTo(Completeness.PARTIAL);
        assertThat(Completeness.of(withoutLeaf)).isEqualTo(Completeness.PARTIAL);
        assertThat(Completeness.of(twoRoots)).isEqualTo(Completeness.PARTIAL);
        assertThat(Completeness.of(List.of())).isEqualTo(Completeness.PARTIAL);
        // Nothing tells that the last span is missing when it has no children.
        assertThat(Completeness.of(withoutLast)).isEqualTo(Completeness.COMPLETE);
    }

    @Test
    void completeness_ofAnExternalTraceWhoseClockLags_isntPartial() {
        var trace = fixtures.trace(WORKSPACE);
        var root = trace.add(null, "build", Phase.EXTERNAL, NodeType.ACTION, Status.COMPLETED);
        var later = Attributes.of(AttributeKeys.SEQUENCE, 2_000);
        trace.add(root, "deploy", Phase.EXTERNAL, NodeType.ACTION, Status.COMPLETED, later);

        assertThat(trace.spans()).extracting(Span::sequence).containsExactly(0, 2_000);
        assertThat(Completeness.of(trace.spans())).isEqualTo(Completeness.COMPLETE);
    }
}
