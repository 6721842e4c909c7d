package io.deploytrace.query;

import static io.deploytrace.vocabulary.NodeType.ACTION;
import static io.deploytrace.vocabulary.NodeType.DECISION;
import static io.deploytrace.vocabulary.NodeType.EVALUATION;
import static io.deploytrace.vocabulary.Phase.PLANNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.GeneratedTraces;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WhyTest {

    private static final UUID WORKSPACE = UUID.fromString("0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47");
    private static final Instant NOW = Fixtures.START.plusSeconds(2 * 3_600 + 600);

    private final Fixtures fixtures = new Fixtures(3);

    /** A reconcile that needs an approval and is blocked by two more policies. */
    private List<Span> blocked() {
        var trace = fixtures.trace(WORKSPACE).target("api").release("v1.2.4");
        var root = trace.root(Status.COMPLETED);
        var attributes = Attributes.builder()
                .put(AttributeKeys.MESSAGE, "1 of 2 approvals")
                .put(AttributeKeys.RULE_ID, "rule-approval")
                .put(AttributeKeys.NEXT_EVALUATION, Instant.parse("2026-03-01T14:30:00Z"));
        trace.add(root, "Approval Policy", PLANNING, EVALUATION, Status.BLOCKED, attributes.build());
        trace.noting(
                trace.event("required_approvals", Attributes.of("required_approvals", 2)),
                trace.event("approver", Attributes.of("approver", "alice")),
                trace.event("result", Attributes.of("result", "blocked")));
        trace.add(root, "Freeze", PLANNING, EVALUATION, Status.BLOCKED);
        trace.add(root, "Window", PLANNING, EVALUATION, Status.PENDING);
        trace.add(root, "no", PLANNING, DECISION, Status.FAILED);
        return trace.spans();
    }

    @Test
    void of_blockedTrace_namesTheFirstCauseAndAllFurtherOnes() {
        var spans = blocked();

        var why = Why.of(spans);

        assertThat(why.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(why.completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(why.blockers()).extracting(Blocker::name).containsExactly("Approval Policy", "Freeze", "Window");
        assertThat(why.blockers())
                .extracting(Blocker::outcome)
                .containsExactly(Outcome.BLOCKED, Outcome.BLOCKED, Outcome.WAITING);
        var cause = why.cause();
        assertThat(cause.span()).isEqualTo(spans.get(1));
        assertThat(cause.rule()).isEqualTo("rule-approval");
        assertThat(cause.message()).isEqualTo("1 of 2 approvals");
        assertThat(cause.metadata())
                .isEqualTo(Attributes.builder()
                        .put("required_approvals", 2)
                        .put("approver", "alice")
                        .build());
        assertThat(why.nextEvaluation()).isEqualTo(Instant.parse("2026-03-01T14:30:00Z"));
        assertThat(why.checksReached()).isFalse();
        assertThat(Why.of(fixtures.completeWorkflow(WORKSPACE, "api")).checksReached())
                .isTrue();
    }

    @Test
    void of_failedJobWithAFailedLinkedTrace_givesTheStepInsideAsItsCause() {
        var parent = fixtures.failedJob(WORKSPACE, "api", "job-7");
        var linked = fixtures.external(WORKSPACE, parent.get(0).traceId(), "job-7", Status.FAILED);

        var why = Why.of(Stream.concat(linked.stream(), parent.stream()).toList());

        assertThat(why.summary()).isEqualTo(TraceSummary.of(parent));
        assertThat(why.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(why.blockers()).extracting(Blocker::span).containsExactly(linked.get(1));
        assertThat(why.cause().within()).containsExactly(parent.get(2));
    }

    @Test
    void of_deployedTraceWithAFailedOrOpenLinkedTrace_isThatOfTheLinkedOne() {
        var parent = fixtures.completeWorkflow(WORKSPACE, "api");
        var traceId = parent.get(0).traceId();
        var failed = fixtures.external(WORKSPACE, traceId, "job-1", Status.FAILED);
        var open = fixtures.external(WORKSPACE, traceId, "job-1", Status.RUNNING);

        assertThat(Why.of(Stream.concat(parent.stream(), failed.stream()).toList())
                        .outcome())
                .isEqualTo(Outcome.FAILED);
        assertThat(Why.of(Stream.concat(parent.stream(), open.stream()).toList())
                        .outcome())
                .isEqualTo(Outcome.RUNNING);
    }

    @Test
    void of_generatedTraces_agreesWithTheSummaryInAtMostSixLines() {
        for (var i = 0; i < 3_000; i++) {
            var spans = GeneratedTraces.next(fixtures, WORKSPACE);

            var why = Why.of(spans);

            assertThat(why.outcome()).isEqualTo(why.summary().outcome());
            assertThat(why.cause() == null).isEqualTo(why.summary().cause() == null);
            if (why.cause() != null) {
                assertThat(why.cause().span().spanId())
                        .isEqualTo(why.summary().cause().spanId());
            }
            assertThat(why.lines(NOW)).hasSizeBetween(1, 6).noneMatch(String::isBlank);
        }
    }

    @Test
    void lines_withTextsThatSteerATerminal_arePlain() {
        var trace = fixtures.trace(WORKSPACE).release("v1\u001b[31m\nforged");
        var root = trace.root(Status.FAILED);
        trace.add(
                root,
                "a\tb\r\nc",
                Phase.ACTION,
                ACTION,
                Status.FAILED,
                Attributes.of(AttributeKeys.MESSAGE, "x".repeat(5_000)));

        assertThat(Why.of(trace.spans()).lines(NOW))
                .containsExactly(
                        "Failed: v1 [31m forged failed at a b c 2 h 9 m ago.", "It says: " + "x".repeat(199) + "…");
    }
}
