package io.deploytrace.opa;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.Outcome;
import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.store.Answers;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.InMemorySpanStore;
import io.deploytrace.testkit.SettableClock;
import io.deploytrace.vocabulary.Decision;
import io.deploytrace.vocabulary.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** From an entry of OPA's log to the answer why a release isn't deployed. */
class JourneyTest {

    private static final UUID WORKSPACE = UUID.fromString(RecordedDecision.WORKSPACE);
    private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

    private final SettableClock clock = new SettableClock(START);
    private final InMemorySpanStore store = new InMemorySpanStore(clock, 10_000);
    private final Deadline deadline = Deadline.after(Duration.ofMinutes(1));

    private void reconcile(OpaRecorder recorder, String entry) throws IOException {
        try (var target = ReconcileTarget.builder(RecordedDecision.WORKSPACE, RecordedDecision.TARGET)
                .releaseId("checkout@v5.3.5")
                .clock(clock)
                .store(store)
                .start()) {
            try (var planning = target.startPlanning()) {
                recorder.record(planning, Entries.read(entry));
                planning.makeDecision("Blocked by a policy", Decision.REJECTED);
            }
            target.complete(Status.COMPLETED);
        }
    }

    @Test
    void denial_isTheAnswer_withRuleMessageAndInputs() throws IOException {
        store.addWorkspace(WORKSPACE);
        reconcile(OpaRecorder.reading(VerdictReader.deniedAt("/deny")), "v0.61-deny-set");
        clock.set(START.plus(Duration.ofHours(2)));
        reconcile(OpaRecorder.reading(VerdictReader.deniedAt("/deny")), "v0.61-deny-set");

        var answer = new Answers(store).whyTarget(WORKSPACE, RecordedDecision.TARGET, null, deadline);
        assertThat(answer.why().outcome()).isEqualTo(Outcome.BLOCKED);
        var cause = answer.why().cause();
        assertThat(cause.rule()).isEqualTo("deploy/production");
        assertThat(cause.name()).isEqualTo("deploy/production");
        assertThat(cause.message()).isEqualTo("1 of 2 approvals; outside of the window Mon-Thu 08:00-16:00");
        assertThat(cause.metadata().asMap())
                .containsEntry("environment", "production")
                .containsEntry("approved_by", List.of("alice"))
                .containsKey("opa.bundles")
                .doesNotContainKeys("opa.timestamp", "opa.decision_id");
        var begin = answer.lines(START.plus(Duration.ofHours(2))).subList(0, 2);
        assertThat(Files.readString(Path.of("../docs/opa.md"))).contains("```\n" + String.join("\n", begin) + "\n```");
    }

    @Test
    void whatOpaCouldNotEvaluate_isTheAnswerToo() throws IOException {
        store.addWorkspace(WORKSPACE);
        reconcile(OpaRecorder.standard(), "v1.0-conflict");

        var cause = new Answers(store)
                .whyTarget(WORKSPACE, RecordedDecision.TARGET, null, deadline)
                .why()
                .cause();
        assertThat(cause.rule()).isEqualTo("deploy/production/allow");
        assertThat(cause.message()).startsWith("OPA could not evaluate it: complete rules must not");
    }
}
