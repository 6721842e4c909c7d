package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.CheckResult;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Result;
import io.deploytrace.vocabulary.Status;
import io.deploytrace.vocabulary.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong call is logged once as a warning, does nothing else, and never throws. */
class MisuseTest {

    private final CapturedLog log = new CapturedLog();
    private final ReconcileTarget recorder = TestRecorder.start();

    @AfterEach
    void restoreLog() {
        log.close();
    }

    static Stream<Arguments> nulls() {
        return Stream.of(
                call("startEvaluation", r -> r.startPlanning().startEvaluation(null)),
                call("startCheck", r -> r.startEligibility().startCheck(null)),
                call("startAction", r -> r.startAction(null)),
                call("startAction", r -> r.startExecution().startAction(null)),
                call("triggerJob", r -> r.startExecution().triggerJob(null, Map.of())),
                call("triggerJob", r -> r.startExecution().triggerJob("argo", null)),
                call("makeDecision", r -> r.startPlanning().makeDecision(null, Decision.APPROVED)),
                call("makeDecision", r -> r.startEligibility().makeDecision("Go", null)),
                call("addStep", r -> r.startAction("a").addStep(null, StepResult.PASS, "ok")),
                call("addStep", r -> r.startAction("a").addStep("s", null, "ok")),
                call("addStep", r -> r.startAction("a").addStep("s", StepResult.FAIL, null)),
                call("addMetadata", r -> r.addMetadata(null, "value")),
                call("addMetadata", r -> r.addMetadata("key", (Object) null)),
                call("addMetadata", r -> r.addMetadata("name", (Map<String, ?>) null)),
                call("setAttribute", r -> r.setAttribute(null, "value")),
                call("setAttribute", r -> r.setAttribute("key", null)),
                call("recordException", r -> r.recordException(null)),
                call("setReleaseId", r -> r.setReleaseId(null)),
                call("complete", r -> r.complete(null)),
                call("setResult", r -> r.startPlanning().startEvaluation("e").setResult(null, "m")),
                call("setResult", r -> r.startPlanning().startEvaluation("e").setResult(Result.BLOCKED, null)),
                call("setRule", r -> r.startPlanning().startEvaluation("e").setRule(null)),
                call(
                        "setNextEvaluation",
                        r -> r.startPlanning().startEvaluation("e").setNextEvaluation(null)),
                call("setResult", r -> r.startEligibility().startCheck("c").setResult(null, "m")),
                call(
                        "fail",
                        r -> r.startExecution().triggerJob("argo", Map.of()).fail(null)));
    }

    private static Arguments call(String name, Consumer<ReconcileTarget> call) {
        return Arguments.of(name, call);
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void nullArgument_isLoggedAndRecordsNothing(String call, Consumer<ReconcileTarget> misuse) {
        assertThatCode(() -> misuse.accept(recorder)).doesNotThrowAnyException();

        assertThat(log.warnings()).singleElement().asString().contains(call + " was called with null as ");
        assertThat(recorder.spans()).allMatch(span -> span.events().isEmpty()).allMatch(Span::isOpen);
        assertThat(recorder.spans()).extracting(Span::name).doesNotContain("null", "Job: null");
    }

    @Test
    void blankIds_areLoggedAndNotRecorded() {
        var job = recorder.setReleaseId(" ").startExecution().triggerJob("argo", Map.of(), "");

        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains("setReleaseId was called with a blank releaseId");
        assertThat(job.id()).isNotBlank();
        assertThat(recorder.spans()).extracting(Span::releaseId).containsOnlyNulls();
        assertThat(recorder.spans()).extracting(Span::jobId).containsExactly(job.id(), null, job.id());
    }

    @Test
    void triggerJob_withNullAsId_isRecordedWithAGeneratedOne() {
        var job = recorder.startExecution().triggerJob("argo", Map.of(), null);

        assertThat(log.warnings()).hasSize(1);
        assertThat(TestRecorder.named("Job: argo", recorder.spans()).jobId()).isEqualTo(job.id());
    }

    @Test
    void nodesStartedAfterComplete_takeEveryCallAndRecordNothing() {
        var planning = recorder.startPlanning();
        var eligibility = recorder.startEligibility();
        var execution = recorder.startExecution();
        recorder.complete(Status.COMPLETED);
        var before = recorder.spans();

        assertThatCode(() -> {
                    try (var late = recorder.startPlanning();
                            var evaluation = late.startEvaluation("late");
                            var check = eligibility.startCheck("late");
                            var job = execution.triggerJob("late", Map.of("a", 1), "job-1");
                            var action = recorder.startAction("late")) {
                        evaluation
                                .setResult(Result.BLOCKED, "late")
                                .setRule("late")
                                .addMetadata("late", 1);
                        check.setResult(CheckResult.FAIL, "late").recordException(new IllegalStateException());
                        planning.makeDecision("late", Decision.REJECTED);
                        job.fail("late").setAttribute("late", 1);
                        action.addStep("late", StepResult.FAIL, "late");
                        assertThat(job.id()).isEqualTo("job-1");
                        assertThat(late.spanId()).isEqualTo(before.get(0).spanId());
                    }
                    recorder.setReleaseId("late").addMetadata("late", 1).setAttribute("late", 1);
                    recorder.complete(Status.FAILED);
                })
                .doesNotThrowAnyException();

        assertThat(recorder.spans()).isEqualTo(before);
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains("'Planning' was started after complete() and is not recorded")
                .contains(recorder.traceId());
    }

    @Test
    void misuse_isLoggedOncePerTrace() {
        recorder.addMetadata(null, 1);
        recorder.addMetadata(null, 2);
        var other = TestRecorder.start();
        other.addMetadata(null, 3);

        assertThat(log.warnings()).hasSize(2);
        assertThat(log.warnings().get(0)).contains(recorder.traceId());
        assertThat(log.warnings().get(1)).contains(other.traceId());
    }

    @Test
    void childOfAnEndedNode_isRecordedAndLogged() {
        var planning = recorder.startPlanning();
        planning.end();

        planning.makeDecision("Late", Decision.REJECTED);

        assertThat(TestRecorder.named("Late", recorder.spans()).parentSpanId()).isEqualTo(planning.spanId());
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains("'Late' was started under a span that has ended");
    }

    @Test
    void verdictAndMetadataAfterTheEnd_areLoggedAndLost() {
        var evaluation = recorder.startPlanning().startEvaluation("Approval Policy");
        evaluation.end();
        var before = recorder.spans();

        evaluation.setResult(Result.BLOCKED, "late").addMetadata("late", 1);

        assertThat(recorder.spans()).isEqualTo(before);
        assertThat(log.warnings()).singleElement().asString().contains("The verdict 'blocked'");
    }

    @Test
    void complete_withRunning_doesNothing() {
        recorder.complete(Status.RUNNING);

        assertThat(recorder.spans()).allMatch(Span::isOpen);
        assertThat(log.warnings()).singleElement().asString().contains("RUNNING");
    }

    @Test
    void setAttribute_ofOurOwnKeys_isRefused() {
        recorder.setAttribute("ctrlplane.workspace_id", "other");

        assertThat(recorder.spans().get(0).workspaceId()).isEqualTo(TestRecorder.WORKSPACE);
        assertThat(log.warnings()).singleElement().asString().contains("ctrlplane.workspace_id");
    }

    @Test
    void valueThatCantBeRead_isLoggedAndLost() {
        var broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        };
        var endless = new ArrayList<Object>();
        endless.add(endless);

        recorder.addMetadata("broken", broken).addMetadata("endless", endless).addMetadata("good", List.of(1));

        assertThat(recorder.spans().get(0).events())
                .singleElement()
                .satisfies(event -> assertThat(event.name()).isEqualTo("good"));
        assertThat(log.warnings()).singleElement().asString().contains("The value of 'broken' can't be read");
    }

    @Test
    void job_whoseConfigurationCantBeRead_isRecordedWithoutIt() {
        var endless = new ArrayList<Object>();
        endless.add(endless);

        recorder.startExecution().triggerJob("argo", Map.of("list", endless), "job-1");

        assertThat(TestRecorder.named("Job: argo", recorder.spans()).jobId()).isEqualTo("job-1");
        assertThat(log.warnings()).hasSize(1);
    }

    @Test
    void token_withoutKeys_isEmptyAndLogged() {
        assertThat(recorder.startExecution().triggerJob("argo", Map.of()).token())
                .isEmpty();

        assertThat(log.warnings()).singleElement().asString().contains("give the builder JobTokens");
    }

    @Test
    void endingTwice_isNoMisuse() {
        var planning = recorder.startPlanning();
        planning.end();
        var before = recorder.spans().get(1);
        planning.end();
        planning.close();
        recorder.complete(Status.COMPLETED);
        planning.end();
        recorder.close();

        assertThat(recorder.spans().get(1)).isEqualTo(before);
        assertThat(log.warnings()).isEmpty();
    }
}
