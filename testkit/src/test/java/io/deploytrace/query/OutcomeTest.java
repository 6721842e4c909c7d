package io.deploytrace.query;

import static io.deploytrace.vocabulary.NodeType.ACTION;
import static io.deploytrace.vocabulary.NodeType.CHECK;
import static io.deploytrace.vocabulary.NodeType.DECISION;
import static io.deploytrace.vocabulary.NodeType.EVALUATION;
import static io.deploytrace.vocabulary.NodeType.PHASE;
import static io.deploytrace.vocabulary.Phase.ELIGIBILITY;
import static io.deploytrace.vocabulary.Phase.EXECUTION;
import static io.deploytrace.vocabulary.Phase.PLANNING;
import static io.deploytrace.vocabulary.Status.ALLOWED;
import static io.deploytrace.vocabulary.Status.COMPLETED;
import static io.deploytrace.vocabulary.Status.FAILED;
import static io.deploytrace.vocabulary.Status.PENDING;
import static io.deploytrace.vocabulary.Status.RUNNING;
import static io.deploytrace.vocabulary.Status.SKIPPED;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.GeneratedTraces;
import io.deploytrace.testkit.TraceFixture;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.util.EnumSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final UUID WORKSPACE = UUID.fromString("0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47");

    private TraceFixture trace;
    private Span root;

    @BeforeEach
    void beginTrace() {
        trace = new Fixtures(1).trace(WORKSPACE);
        root = trace.root(COMPLETED);
    }

    private TraceSummary summary() {
        return TraceSummary.of(trace.spans());
    }

    private void assertOutcome(Outcome outcome, Span cause) {
        assertThat(summary().outcome()).isEqualTo(outcome);
        assertThat(summary().cause()).isNotNull();
        assertThat(summary().cause().spanId()).isEqualTo(cause.spanId());
    }

    private void assertOutcome(Outcome outcome) {
        assertThat(summary().outcome()).isEqualTo(outcome);
        assertThat(summary().cause()).isNull();
    }

    private Span evaluation(String name, Status status) {
        return trace.add(root, name, PLANNING, EVALUATION, status);
    }

    private Span decision(Phase phase, Status status) {
        return trace.add(root, "decided", phase, DECISION, status);
    }

    private Span job(Status status) {
        return trace.add(root, "Job: x", EXECUTION, ACTION, status, Attributes.of(AttributeKeys.JOB_TYPE, "x"));
    }

    @Test
    void outcome_firstVerdictAgainst_decides() {
        evaluation("fine", ALLOWED);
        var first = evaluation("window", PENDING);
        evaluation("freeze", Status.BLOCKED);
        decision(PLANNING, FAILED);

        assertOutcome(Outcome.WAITING, first);
    }

    @Test
    void outcome_blockedButApproved_isOverridden() {
        evaluation("freeze", Status.BLOCKED);
        decision(PLANNING, COMPLETED);
        var check = trace.add(root, "capacity", ELIGIBILITY, CHECK, FAILED);

        assertOutcome(Outcome.INELIGIBLE, check);
    }

    @Test
    void outcome_blockedButApprovedWithoutJob_isSkipped() {
        evaluation("freeze", Status.BLOCKED);
        decision(PLANNING, COMPLETED);

        assertOutcome(Outcome.SKIPPED);
    }

    @Test
    void outcome_approvalOfAnotherPhase_doesNotOverride() {
        var blocked = evaluation("freeze", Status.BLOCKED);
        decision(ELIGIBILITY, COMPLETED);

        assertOutcome(Outcome.BLOCKED, blocked);
    }

    @Test
    void outcome_rejectedWithoutVerdict_goesByPhase() {
        var rejected = decision(ELIGIBILITY, FAILED);

        assertOutcome(Outcome.INELIGIBLE, rejected);
    }

    @Test
    void outcome_blockedYetJobTriggered_isThatOfTheJob() {
        evaluation("freeze", Status.BLOCKED);
        job(COMPLETED);

        assertOutcome(Outcome.DEPLOYED);
    }

    @Test
    void outcome_openTraceWithBlockedEvaluation_isBlocked() {
        trace = new Fixtures(1).trace(WORKSPACE);
        root = trace.root(RUNNING);
        var blocked = evaluation("freeze", Status.BLOCKED);

        assertOutcome(Outcome.BLOCKED, blocked);
    }

    @Test
    void outcome_openTraceWithoutCause_isRunning() {
        trace = new Fixtures(1).trace(WORKSPACE);
        root = trace.root(RUNNING);
        evaluation("fine", ALLOWED);
        assertOutcome(Outcome.RUNNING);

        job(COMPLETED);
        assertOutcome(Outcome.RUNNING);
    }

    @Test
    void outcome_openJob_isRunning() {
        job(RUNNING);

        assertOutcome(Outcome.RUNNING);
    }

    @Test
    void outcome_failedStepAfterTheJob_isFailedBecauseOfTheStep() {
        job(COMPLETED);
        var verification = trace.add(root, "Verification", Phase.ACTION, ACTION, FAILED);
        trace.add(verification, "pods", Phase.ACTION, ACTION, COMPLETED);
        var step = trace.add(verification, "endpoints", Phase.ACTION, ACTION, FAILED);

        assertOutcome(Outcome.FAILED, step);
    }

    @Test
    void outcome_failedActionBeforeTheJob_doesNotCount() {
        trace.add(root, "backup", Phase.ACTION, ACTION, FAILED);
        job(COMPLETED);

        assertOutcome(Outcome.DEPLOYED);
    }

    @Test
    void outcome_skippedJob_isNoDeployment() {
        job(SKIPPED);

        assertOutcome(Outcome.SKIPPED);
    }

    @Test
    void outcome_actionOfTheExecutionPhase_deploys() {
        trace.add(root, "kubectl apply", EXECUTION, ACTION, COMPLETED);

        assertOutcome(Outcome.DEPLOYED);
    }

    @Test
    void outcome_phaseThatBroke_isFailedWithItsException() {
        var planning = trace.add(root, "Planning", PLANNING, PHASE, FAILED);
        trace.noting(trace.event("exception", Attributes.of("exception.message", "connection refused")));

        assertOutcome(Outcome.FAILED, planning);
        assertThat(summary().cause().message()).isEqualTo("connection refused");
    }

    @Test
    void outcome_exceptionBesideAVerdict_isThatOfTheVerdict() {
        trace.add(root, "Planning", PLANNING, PHASE, FAILED);
        var blocked = evaluation("freeze", Status.BLOCKED);

        assertOutcome(Outcome.BLOCKED, blocked);
    }

    @Test
    void outcome_failedRootAlone_isFailed() {
        trace = new Fixtures(1).trace(WORKSPACE);
        root = trace.root(FAILED);

        assertOutcome(Outcome.FAILED, root);
    }

    @Test
    void outcome_external_isThatOfItsSpans() {
        var fixtures = new Fixtures(2);
        assertThat(TraceSummary.of(fixtures.external(WORKSPACE, fixtures.traceId(), "j", COMPLETED))
                        .outcome())
                .isEqualTo(Outcome.DEPLOYED);
        assertThat(TraceSummary.of(fixtures.external(WORKSPACE, fixtures.traceId(), "j", RUNNING))
                        .outcome())
                .isEqualTo(Outcome.RUNNING);
        var failed = TraceSummary.of(fixtures.external(WORKSPACE, fixtures.traceId(), "j", FAILED));
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.cause().name()).isEqualTo("apply");
    }

    @Test
    void outcome_generatedTraces_isThatOfThePlainRules() {
        var fixtures = new Fixtures(20_261_122);
        var seen = EnumSet.noneOf(Outcome.class);
        for (var i = 0; i < 10_000; i++) {
            var spans = GeneratedTraces.next(fixtures, WORKSPACE);
            var expected = new PlainOutcome(spans).outcome();

            var actual = TraceSummary.of(spans);

            assertThat(actual.outcome()).as("trace %d: %s", i, spans).isEqualTo(expected);
            assertThat(actual.cause() != null)
                    .as("cause of trace %d: %s", i, spans)
                    .isEqualTo(!EnumSet.of(Outcome.DEPLOYED, Outcome.RUNNING, Outcome.SKIPPED)
                            .contains(expected));
            seen.add(expected);
        }
        assertThat(seen).containsExactlyInAnyOrder(Outcome.values());
    }
}
