package io.deploytrace.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.deploytrace.recorder.Evaluation;
import io.deploytrace.recorder.PlanningPhase;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.store.SpanBatch;
import io.deploytrace.vocabulary.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How decisions become evaluations, and that nothing of it breaks a deployment. */
class OpaRecorderTest {

    private static final Instant LATER = Instant.parse("2026-11-22T20:00:00Z");

    private static ReconcileTarget start() {
        return ReconcileTarget.builder(RecordedDecision.WORKSPACE, RecordedDecision.TARGET)
                .start();
    }

    @Test
    void decision_isRecordedIntoAnEvaluationThatIsOpen() {
        var target = start();
        try (var evaluation = target.startPlanning().startEvaluation("Production policy")) {
            OpaRecorder.standard().record(evaluation, Entries.decision("'path': 'deploy/allow'", "'result': true"));
            assertThat(target.spans().get(2).isOpen()).isTrue();
        }

        var span = target.spans().get(2);
        assertThat(span.name()).isEqualTo("Production policy");
        assertThat(span.status()).isEqualTo("allowed");
        assertThat(span.attributes().getString("ctrlplane.rule_id")).isEqualTo("deploy/allow");
    }

    @Test
    void reader_saysPendingAndWhenItIsAskedAgain() {
        VerdictReader window = decision -> Verdict.pending("The window opens at 20:00", LATER);

        var recorded = RecordedDecision.of(OpaRecorder.reading(window), Entries.decision());

        assertThat(recorded.status()).isEqualTo("pending");
        assertThat(recorded.attribute("ctrlplane.next_evaluation")).isEqualTo("2026-11-22T20:00:00.000000000Z");
    }

    @Test
    void readerThatThrows_leavesAnEvaluationThatFailed() {
        VerdictReader broken = decision -> {
            throw new IllegalStateException("no such field");
        };

        var recorded = RecordedDecision.of(OpaRecorder.reading(broken), Entries.decision("'input': {'a': 1}"));

        assertThat(recorded.status()).isEqualTo("failed");
        assertThat(recorded.event("exception")).containsEntry("exception.message", "no such field");
        assertThat(recorded.event("input")).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void readerThatNeverReturns_endsWithItsStack() {
        assertThat(RecordedDecision.of(OpaRecorder.reading(this::endless), Entries.decision())
                        .status())
                .isEqualTo("failed");
    }

    @SuppressWarnings("InfiniteRecursion")
    private Verdict endless(OpaDecision decision) {
        return endless(decision);
    }

    @Test
    @SuppressWarnings("DataFlowIssue")
    void null_isLoggedAndDoesNothing() {
        var target = start();
        var planning = target.startPlanning();
        var evaluation = planning.startEvaluation("Policy");
        var decision = Entries.decision("'result': true");

        assertThatCode(() -> {
                    OpaRecorder.standard().record((PlanningPhase) null, decision);
                    OpaRecorder.standard().record((Evaluation) null, decision);
                    OpaRecorder.standard().record(planning, null);
                    OpaRecorder.standard().record(evaluation, null);
                })
                .doesNotThrowAnyException();
        target.complete(Status.COMPLETED);
        assertThat(target.spans()).hasSize(3).last().extracting("status").isEqualTo("skipped");
    }

    @Test
    void null_atTheStart_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> OpaRecorder.reading(null))
                .withMessage("reader");
        assertThatNullPointerException()
                .isThrownBy(() -> OpaDecision.parse(null))
                .withMessage("entry");
        assertThatNullPointerException()
                .isThrownBy(() -> OpaDecision.parseAll(null))
                .withMessage("entries");
        assertThatNullPointerException().isThrownBy(() -> Verdict.allowed(null)).withMessage("message");
    }

    @Test
    void record_afterTheTraceIsComplete_doesNothing() {
        var target = start();
        var planning = target.startPlanning();
        target.complete(Status.COMPLETED);

        OpaRecorder.standard().record(planning, Entries.decision("'result': true"));

        assertThat(target.spans()).hasSize(2);
    }

    /** Whatever an entry of the longest length holds, a store takes the trace. */
    @ParameterizedTest
    @ValueSource(strings = {"1,", "[],", "\"x\","})
    void longestEntry_isStored(String element) {
        var elements = element.repeat((OpaDecision.MAXIMUM_LENGTH - 200) / element.length() / 2);
        var list = "[" + elements.substring(0, elements.length() - 1) + "]";
        var decision =
                OpaDecision.parse(Entries.with().replace("}", ", \"input\": " + list + ", \"result\": " + list + "}"));

        var target = start();
        OpaRecorder.standard().record(target.startPlanning(), decision);

        assertThatCode(() -> SpanBatch.of(target.spans())).doesNotThrowAnyException();
    }

    @Test
    void manyKeys_areCutByTheRecorder_notRefusedByTheStore() {
        var keys = new StringBuilder();
        for (var i = 0; i < 20_000; i++) {
            keys.append(i == 0 ? "" : ", ").append("'k").append(i).append("': ").append(i);
        }

        var recorded = RecordedDecision.of(OpaRecorder.standard(), Entries.decision("'input': {" + keys + "}"));

        assertThat(recorded.event("input")).hasSize(10_000).containsKey("ctrlplane.cut_count");
    }

    @Test
    void deepestEntry_isStored() {
        var levels = OpaDecision.MAXIMUM_NESTING - 2;
        var deep = "{'password': 'hunter2', 'a': ".repeat(levels) + "1" + "}".repeat(levels);

        var recorded = RecordedDecision.of(
                OpaRecorder.standard(), Entries.decision("'input': " + deep, "'result': [" + deep + "]"));

        assertThat(recorded.event("input")).containsEntry("password", "***");
        assertThat(recorded.span().toString()).doesNotContain("hunter2");
    }

    @Test
    void textThatNoStoreHolds_isMadeStorable() {
        var recorded = RecordedDecision.of(
                OpaRecorder.standard(),
                Entries.decision("'path': 'a\\u0000b'", "'input': {'\\ud800': 'x\\u0000'}", "'result': false"));

        assertThat(recorded.span().name()).isEqualTo("a\ufffdb");
        assertThat(recorded.event("input")).isEqualTo(Map.of("\ufffd", "x\ufffd"));
    }

    @Test
    void inputThatIsNoObject_isRecordedAsItIs() {
        assertThat(RecordedDecision.of(OpaRecorder.standard(), Entries.decision("'input': ['a', 2]"))
                        .event("input"))
                .isEqualTo(Map.of("input", List.of("a", 2L)));
        assertThat(RecordedDecision.of(OpaRecorder.standard(), Entries.decision("'input': null"))
                        .events())
                .doesNotContain("input");
    }
}
