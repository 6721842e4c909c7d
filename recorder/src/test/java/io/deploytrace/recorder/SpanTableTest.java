package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.CheckResult;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import io.deploytrace.vocabulary.StepResult;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each call writes: name, phase, node type, status while open and when ended, and further attributes. */
class SpanTableTest {

    private final ReconcileTarget recorder = TestRecorder.start();

    @Test
    void start_withTrigger_isInTheNameAndAnAttribute() {
        var triggered = TestRecorder.builder().trigger("version.created").start();

        assertSpan(
                triggered.spans().get(0),
                "Reconciliation (version.created)",
                "reconciliation",
                "phase",
                "running",
                Map.of("ctrlplane.trigger", "version.created"));
    }

    @ParameterizedTest
    @EnumSource(value = Status.class, mode = EnumSource.Mode.EXCLUDE, names = "RUNNING")
    void complete_givesTheRootItsStatus(Status status) {
        recorder.complete(status);

        assertSpan(root(), "Reconciliation", "reconciliation", "phase", status.value(), Map.of());
    }

    @Test
    void phases_runAndComplete() {
        try (var planning = recorder.startPlanning();
                var eligibility = recorder.startEligibility();
                var execution = recorder.startExecution()) {
            assertThat(planning.spanId()).isNotEqualTo(eligibility.spanId()).isNotEqualTo(execution.spanId());
            assertSpan(span(1), "Planning", "planning", "phase", "running", Map.of());
            assertSpan(span(2), "Eligibility", "eligibility", "phase", "running", Map.of());
            assertSpan(span(3), "Execution", "execution", "phase", "running", Map.of());
        }

        assertSpan(span(1), "Planning", "planning", "phase", "completed", Map.of());
        assertSpan(span(2), "Eligibility", "eligibility", "phase", "completed", Map.of());
        assertSpan(span(3), "Execution", "execution", "phase", "completed", Map.of());
    }

    @Test
    void phases_afterAnException_fail() {
        recorder.startPlanning().recordException(new IllegalStateException("a")).end();
        recorder.startEligibility()
                .recordException(new IllegalStateException("b"))
                .end();
        recorder.startExecution()
                .recordException(new IllegalStateException("c"))
                .end();

        assertThat(recorder.spans()).extracting(Span::status).containsExactly("running", "failed", "failed", "failed");
    }

    @ParameterizedTest
    @CsvSource({"ALLOWED,allowed", "BLOCKED,blocked", "PENDING,pending"})
    void evaluation_endsAsItsVerdict(Result result, String word) {
        var evaluation = recorder.startPlanning().startEvaluation("Approval Policy");
        assertSpan(span(2), "Approval Policy", "planning", "evaluation", "running", Map.of());

        evaluation.setResult(result, "Why").end();

        assertSpan(
                span(2),
                "Approval Policy",
                "planning",
                "evaluation",
                word,
                Map.of("ctrlplane.result", word, "ctrlplane.message", "Why"));
    }

    @Test
    void evaluation_saysWhoAndWhatClearsIt() {
        recorder.startPlanning()
                .startEvaluation("Window")
                .setRule("rule-7")
                .setNextEvaluation(Instant.parse("2024-01-16T08:00:00Z"))
                .setResult(Result.PENDING, "Opens at 8")
                .end();

        assertSpan(
                span(2),
                "Window",
                "planning",
                "evaluation",
                "pending",
                Map.of(
                        "ctrlplane.rule_id", "rule-7",
                        "ctrlplane.next_evaluation", "2024-01-16T08:00:00.000000000Z",
                        "ctrlplane.result", "pending",
                        "ctrlplane.message", "Opens at 8"));
    }

    @Test
    void evaluation_withoutVerdict_isSkippedOrFailed() {
        var planning = recorder.startPlanning();
        planning.startEvaluation("forgotten").end();
        planning.startEvaluation("broken")
                .recordException(new IllegalStateException())
                .end();

        assertSpan(span(2), "forgotten", "planning", "evaluation", "skipped", Map.of());
        assertSpan(span(3), "broken", "planning", "evaluation", "failed", Map.of());
    }

    @ParameterizedTest
    @CsvSource({"PASS,pass,completed", "FAIL,fail,failed"})
    void check_endsAsItsVerdict(CheckResult result, String word, String status) {
        var check = recorder.startEligibility().startCheck("Already Deployed");
        assertSpan(span(2), "Already Deployed", "eligibility", "check", "running", Map.of());

        check.setResult(result, "Why").end();

        assertSpan(
                span(2),
                "Already Deployed",
                "eligibility",
                "check",
                status,
                Map.of("ctrlplane.result", word, "ctrlplane.message", "Why"));
    }

    @Test
    void check_withoutVerdict_isSkipped() {
        recorder.startEligibility().startCheck("Already Deployed").end();

        assertSpan(span(2), "Already Deployed", "eligibility", "check", "skipped", Map.of());
    }

    @ParameterizedTest
    @CsvSource({"APPROVED,approved,completed", "REJECTED,rejected,failed"})
    void decision_hasTheMessageAsNameAndThePhaseOfItsParent(Decision decision, String word, String status) {
        recorder.startPlanning().makeDecision("Planned", decision);
        recorder.startEligibility().makeDecision("Checked", decision);

        assertSpan(span(2), "Planned", "planning", "decision", status, Map.of("ctrlplane.decision", word));
        assertSpan(span(4), "Checked", "eligibility", "decision", status, Map.of("ctrlplane.decision", word));
        assertThat(span(2).isOpen()).isFalse();
        assertThat(span(2).parentSpanId()).isEqualTo(span(1).spanId());
    }

    @Test
    void job_carriesTypeConfigurationAndId() {
        var job = recorder.startExecution().triggerJob("argo", Map.of("app", "api", "retries", 3), "job-1");
        var attributes = Map.<String, Object>of(
                "ctrlplane.job_type", "argo",
                "ctrlplane.job_config.app", "api",
                "ctrlplane.job_config.retries", 3L,
                "ctrlplane.job_id", "job-1");
        assertSpan(span(2), "Job: argo", "execution", "action", "running", attributes);

        job.end();

        assertThat(job.id()).isEqualTo("job-1");
        assertSpan(span(2), "Job: argo", "execution", "action", "completed", attributes);
    }

    @Test
    void job_thatFails_saysWhy() {
        recorder.startExecution()
                .triggerJob("argo", Map.of(), "job-1")
                .fail("Timed out")
                .end();

        assertSpan(
                span(2),
                "Job: argo",
                "execution",
                "action",
                "failed",
                Map.of(
                        "ctrlplane.job_type", "argo",
                        "ctrlplane.job_id", "job-1",
                        "ctrlplane.message", "Timed out"));
    }

    @Test
    void action_hasThePhaseOfWhereItWasStarted() {
        recorder.startAction("Verification").end();
        recorder.startExecution().startAction("Rollback").end();

        assertSpan(span(1), "Verification", "action", "action", "completed", Map.of());
        assertSpan(span(3), "Rollback", "execution", "action", "completed", Map.of());
        assertThat(span(3).parentSpanId()).isEqualTo(span(2).spanId());
    }

    @Test
    void steps_haveThePhaseOfTheirActionAndDecideItsStatus() {
        var action = recorder.startExecution().startAction("Rollback");
        action.addStep("first", StepResult.PASS, "ok").addStep("second", StepResult.FAIL, "no");
        action.end();

        assertSpan(span(2), "Rollback", "execution", "action", "failed", Map.of());
        assertSpan(
                span(3),
                "first",
                "execution",
                "action",
                "completed",
                Map.of("ctrlplane.result", "pass", "ctrlplane.message", "ok"));
        assertSpan(
                span(4),
                "second",
                "execution",
                "action",
                "failed",
                Map.of("ctrlplane.result", "fail", "ctrlplane.message", "no"));
        assertThat(span(4).depth()).isEqualTo(3);
    }

    private Span root() {
        return span(0);
    }

    private Span span(int sequence) {
        return recorder.spans().get(sequence);
    }

    private static void assertSpan(
            Span span, String name, String phase, String nodeType, String status, Map<String, Object> further) {
        assertThat(span.name()).isEqualTo(name);
        var expected = new HashMap<>(further);
        expected.put("ctrlplane.phase", phase);
        expected.put("ctrlplane.node_type", nodeType);
        expected.put("ctrlplane.status", status);
        expected.put("ctrlplane.workspace_id", TestRecorder.WORKSPACE);
        expected.put("ctrlplane.release_target_key", TestRecorder.TARGET);
        expected.put("ctrlplane.sequence", span.attributes().get("ctrlplane.sequence"));
        expected.put("ctrlplane.depth", span.attributes().get("ctrlplane.depth"));
        assertThat(span.attributes().asMap()).isEqualTo(expected);
    }
}
