package io.deploytrace.store;

import static io.deploytrace.vocabulary.NodeType.ACTION;
import static io.deploytrace.vocabulary.NodeType.CHECK;
import static io.deploytrace.vocabulary.NodeType.DECISION;
import static io.deploytrace.vocabulary.NodeType.EVALUATION;
import static io.deploytrace.vocabulary.NodeType.PHASE;
import static io.deploytrace.vocabulary.Phase.ELIGIBILITY;
import static io.deploytrace.vocabulary.Phase.EXECUTION;
import static io.deploytrace.vocabulary.Phase.EXTERNAL;
import static io.deploytrace.vocabulary.Phase.PLANNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.TraceAbsence;
import io.deploytrace.query.Why;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.GoldenFiles;
import io.deploytrace.testkit.TraceFixture;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What people read of why a trace ended as it did, one file for each situation. */
class WhySentencesTest {

    private static final GoldenFiles GOLDEN = GoldenFiles.in(Path.of("src", "test", "resources", "golden"));
    private static final UUID WORKSPACE = UUID.fromString("0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47");
    private static final Instant NOW = Fixtures.START.plus(Duration.ofMinutes(130));

    private final TraceFixture trace =
            new Fixtures(5).trace(WORKSPACE).target("checkout-production").release("checkout@v5.3.5");

    private static void assertReads(String name, List<String> lines) {
        assertThat(lines).hasSizeBetween(1, 6).noneMatch(String::isBlank);
        GOLDEN.assertHolds("why-trace-" + name + ".txt", String.join("\n", lines) + "\n");
    }

    private void assertReads(String name) {
        assertReads(name, Why.of(trace.spans()).lines(NOW));
    }

    private static Attributes says(String message) {
        return Attributes.of(AttributeKeys.MESSAGE, message);
    }

    private Span evaluation(Span planning, String name, Status verdict, String message, Object... metadata) {
        trace.add(planning, name, PLANNING, EVALUATION, verdict, says(message));
        return noting(metadata);
    }

    /** Notes keys with their values on the span that was added last. */
    private Span noting(Object... metadata) {
        var events = new ArrayList<SpanEvent>();
        for (var i = 0; i < metadata.length; i += 2) {
            events.add(trace.event((String) metadata[i], Attributes.of((String) metadata[i], metadata[i + 1])));
        }
        return trace.noting(events.toArray(SpanEvent[]::new));
    }

    private Span planning() {
        return trace.add(trace.root(Status.COMPLETED), "Planning", PLANNING, PHASE, Status.COMPLETED);
    }

    private Span job(Span execution, Status status) {
        trace.with(AttributeKeys.JOB_ID, "deploy-checkout-4711");
        return trace.add(
                execution,
                "Job: github-action",
                EXECUTION,
                ACTION,
                status,
                Attributes.of(AttributeKeys.JOB_TYPE, "github-action"));
    }

    @Test
    void blocked_approvalsAreMissing() {
        evaluation(
                planning(),
                "Approval Policy",
                Status.BLOCKED,
                "1 of 2 approvals",
                "required_approvals",
                2,
                "approved_by",
                List.of("alice"),
                "may_approve",
                "group release-managers");
        assertReads("approval");
    }

    @Test
    void blocked_byAPolicyWithInputs() {
        evaluation(
                planning(),
                "Change Freeze",
                Status.BLOCKED,
                "Quarter-end freeze of the ledger",
                "calendar",
                "finance/quarter-end",
                "until",
                Instant.parse("2026-03-04T00:00:00Z").toString(),
                "exempt",
                List.of("security-fix", "rollback", "hotfix", "legal"),
                "owner",
                "team finance-platform");
        assertReads("freeze");
    }

    @Test
    void blocked_byAPolicyWhoseInputsArePartsOfOtherWords() {
        evaluation(
                planning(),
                "Change Freeze",
                Status.BLOCKED,
                "In the queue of the month-end",
                "maintenance_mode",
                "on",
                "region",
                "eu",
                "period",
                "month-end");
        assertReads("inputs");
    }

    @Test
    void blocked_thoughItsChecksPassed() {
        var root = trace.root(Status.COMPLETED);
        evaluation(root, "Change Freeze", Status.BLOCKED, "Frozen");
        trace.add(root, "Target Health", ELIGIBILITY, CHECK, Status.COMPLETED);
        assertReads("checks-passed");
    }

    @Test
    void waiting_slotsAreTaken() {
        evaluation(
                planning(),
                "Concurrency Limit",
                Status.PENDING,
                "Too many deployments at once",
                "limit",
                2,
                "running",
                2,
                "held_by",
                List.of("deploy-search-12", "deploy-billing-7"));
        assertReads("slots");
    }

    @Test
    void waiting_withoutAMessage_saysWhatItLookedAt() {
        trace.add(planning(), "Soak Time", PLANNING, EVALUATION, Status.PENDING);
        noting("depends_on", "staging", "healthy_minutes", 12, "required_minutes", 30);
        assertReads("no-message");
    }

    @Test
    void blocked_byManyThings_namesTheFirstFewWithWhatClearsEach() {
        var planning = planning();
        evaluation(planning, "Approval Policy", Status.BLOCKED, "0 of 2 approvals", "required_approvals", 2);
        evaluation(planning, "Change Freeze", Status.BLOCKED, "Frozen", "owner", "team finance-platform");
        var window = Attributes.builder()
                .put(AttributeKeys.MESSAGE, "Closed")
                .put(AttributeKeys.NEXT_EVALUATION, "2026-03-02T08:00:00Z");
        trace.add(planning, "Deployment Window", PLANNING, EVALUATION, Status.PENDING, window.build());
        evaluation(planning, "Concurrency Limit", Status.PENDING, "Full", "limit", 1, "running", 1);
        trace.add(planning, "Target Health", ELIGIBILITY, CHECK, Status.FAILED, says("1 of 3 nodes are ready"));
        assertReads("five-blockers");
    }

    @Test
    void waiting_theNextEvaluationIsOverdue() {
        var window = Attributes.builder()
                .put(AttributeKeys.MESSAGE, "Outside the window 10:30–11:30 UTC")
                .put(AttributeKeys.NEXT_EVALUATION, "2026-03-01T10:30:00Z");
        trace.add(planning(), "Deployment Window", PLANNING, EVALUATION, Status.PENDING, window.build());
        assertReads("overdue");
    }

    @Test
    void ineligible_aCheckFailed() {
        var root = trace.root(Status.COMPLETED);
        trace.add(root, "Target Health", ELIGIBILITY, CHECK, Status.FAILED, says("1 of 3 nodes are ready"));
        noting("cluster", "eu-west-1-blue", "nodes", 3, "nodes_ready", 1);
        assertReads("check");
    }

    @Test
    void ineligible_decidedWithoutACheck() {
        trace.add(trace.root(Status.COMPLETED), "Nothing to roll out", ELIGIBILITY, DECISION, Status.FAILED);
        assertReads("decision");
    }

    @Test
    void skipped_nothingWasAgainstIt() {
        planning();
        assertReads("skipped");
    }

    @Test
    void deployed() {
        job(trace.root(Status.COMPLETED), Status.COMPLETED);
        assertReads("deployed");
    }

    @Test
    void failed_theJobSaysWhy() {
        trace.add(
                trace.root(Status.FAILED),
                "Job: argo-cd",
                EXECUTION,
                ACTION,
                Status.FAILED,
                says("Sync failed: the revision v5.3.5 doesn't exist"));
        noting("application", "checkout-production");
        assertReads("job");
    }

    @Test
    void failed_inAStepOfThePipeline() {
        assertReads("pipeline", Why.of(pipeline(1)).lines(NOW));
    }

    @Test
    void failed_inAPipelineThatAPipelineStarted() {
        assertReads("pipeline-of-pipeline", Why.of(pipeline(3)).lines(NOW));
    }

    /** A failed job, with pipelines one within another below it, the innermost of which failed. */
    private List<Span> pipeline(int levels) {
        var root = trace.root(Status.FAILED);
        job(root, Status.FAILED);
        var spans = new ArrayList<>(trace.spans());
        var parent = trace;
        for (var level = 1; level <= levels; level++) {
            var inner = new Fixtures(5 + level)
                    .trace(WORKSPACE)
                    .with(AttributeKeys.PARENT_TRACE_ID, parent.traceId())
                    .with(AttributeKeys.JOB_ID, level == 1 ? "deploy-checkout-4711" : "stage-" + (level - 1));
            var build = inner.add(null, "pipeline " + level, EXTERNAL, ACTION, Status.COMPLETED);
            if (level == levels) {
                inner.add(
                        build, "terraform apply", EXTERNAL, ACTION, Status.FAILED, says("exit 7: the state is locked"));
            } else {
                inner.with(AttributeKeys.JOB_ID, "stage-" + level);
                inner.add(build, "Stage " + level, EXTERNAL, ACTION, Status.COMPLETED);
            }
            spans.addAll(inner.spans());
            parent = inner;
        }
        return spans;
    }

    @Test
    void failed_theControllerBroke() {
        trace.add(trace.root(Status.FAILED), "Planning", PLANNING, PHASE, Status.FAILED);
        trace.noting(trace.event("exception", Attributes.of("exception.message", "connection refused: policies:8443")));
        assertReads("broke");
    }

    @Test
    void failed_severalTimesInOneTrace() {
        var root = trace.root(Status.FAILED);
        job(root, Status.COMPLETED);
        var verification = trace.add(root, "Verification", Phase.ACTION, ACTION, Status.FAILED);
        trace.add(verification, "Check pods", Phase.ACTION, ACTION, Status.FAILED, says("1 of 3 ready"));
        trace.add(
                verification, "Check error rate", Phase.ACTION, ACTION, Status.FAILED, says("4.1 % of requests fail"));
        assertReads("verification");
    }

    @Test
    void running_atItsJob() {
        var execution = trace.add(trace.root(Status.RUNNING), "Execution", EXECUTION, PHASE, Status.RUNNING);
        job(execution, Status.RUNNING);
        assertReads("running", Why.of(trace.spans()).lines(Fixtures.START.plusSeconds(200)));
    }

    @Test
    void running_butSilent() {
        var execution = trace.add(trace.root(Status.RUNNING), "Execution", EXECUTION, PHASE, Status.RUNNING);
        job(execution, Status.RUNNING);
        assertReads("silent");
    }

    @Test
    void running_andSilentSinceItBegan() {
        trace.root(Status.RUNNING);
        assertReads("silent-from-the-start");
    }

    @Test
    void blocked_andNeverFinished() {
        var root = trace.root(Status.RUNNING);
        trace.add(root, "Approval Policy", PLANNING, EVALUATION, Status.BLOCKED, says("0 of 1 approvals"));
        noting("required_approvals", 1);
        assertReads("never-finished");
    }

    @Test
    void partial_theParentsAreNamed() {
        var verification = planning();
        evaluation(verification, "Approval Policy", Status.BLOCKED, "0 of 2 approvals");
        for (var name : List.of("Check pods", "Check endpoints", "Check error rate", "Check latency")) {
            trace.add(verification, name, Phase.ACTION, ACTION, Status.COMPLETED);
        }
        var other = trace.add(verification, "Rollback", Phase.ACTION, ACTION, Status.COMPLETED);
        trace.add(other, "Restore v5.3.4", Phase.ACTION, ACTION, Status.COMPLETED);
        var there = new ArrayList<>(trace.spans());
        there.remove(verification);
        there.remove(other);
        assertReads("partial", Why.of(there).lines(NOW));
    }

    @Test
    void partial_aStepIsMissing() {
        var planning = planning();
        var missing = evaluation(planning, "Approval Policy", Status.BLOCKED, "0 of 2 approvals");
        evaluation(planning, "Change Freeze", Status.BLOCKED, "Frozen");
        var there = new ArrayList<>(trace.spans());
        there.remove(missing);
        assertReads("gap", Why.of(there).lines(NOW));
    }

    @Test
    void absent_itsIdSaysThatItIsOlderThanTracesAreKept() {
        assertReads("expired", absent("2025-12-01T09:30:00Z", Duration.ofDays(30)));
    }

    @Test
    void absent_itsIdSaysThatItWouldBeKept() {
        assertReads("not-there", absent("2026-02-27T09:30:00Z", Duration.ofDays(30)));
        assertReads("not-there-kept-for-ever", absent("2026-02-27T09:30:00Z", null));
    }

    @Test
    void absent_itsIdSaysNothing() {
        var lines = TraceAbsence.of("f".repeat(32), Duration.ofDays(30), NOW).lines(NOW);
        assertReads("not-there-id-without-time", lines);
    }

    private static List<String> absent(String began, Duration retention) {
        var traceId = "%012x".formatted(Instant.parse(began).toEpochMilli()) + "7".repeat(20);
        return TraceAbsence.of(traceId, retention, NOW).lines(NOW);
    }
}
