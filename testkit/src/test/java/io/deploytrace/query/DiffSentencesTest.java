package io.deploytrace.query;

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

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.GeneratedTraces;
import io.deploytrace.testkit.GoldenFiles;
import io.deploytrace.testkit.TraceFixture;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@link Diff#lines} says of each situation, one file for each. */
class DiffSentencesTest {

    private static final GoldenFiles GOLDEN = GoldenFiles.in(Path.of("src", "test", "resources", "golden"));
    private static final UUID WORKSPACE = UUID.fromString("0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47");
    private static final Instant NOW = Fixtures.START.plusSeconds(2 * 3_600 + 600);

    private final Fixtures fixtures = new Fixtures(29);

    private static void assertGolden(String name, Diff diff) {
        GOLDEN.assertHolds("diff-" + name + ".txt", String.join("\n", diff.lines(NOW)) + "\n");
    }

    private TraceFixture reconcile(String release, String trigger) {
        return fixtures.trace(WORKSPACE)
                .target("checkout-production")
                .release(release)
                .with(AttributeKeys.TRIGGER, trigger);
    }

    private static Attributes says(String message) {
        return Attributes.of(AttributeKeys.MESSAGE, message);
    }

    private static Attributes rule(String rule) {
        return Attributes.of(AttributeKeys.RULE_ID, rule);
    }

    private List<Span> deployed() {
        var trace = reconcile("checkout@v5.3.4", "version.created");
        var root = trace.root(Status.COMPLETED);
        var planning = trace.add(root, "Planning", PLANNING, PHASE, Status.COMPLETED);
        trace.add(planning, "Approval Policy", PLANNING, EVALUATION, Status.ALLOWED, says("2 of 2 approvals"));
        trace.noting(
                trace.event("required_approvals", Attributes.of("required_approvals", 2)),
                trace.event("approver", Attributes.of("approver", "alice")),
                trace.event("approver", Attributes.of("approver", "bob")));
        trace.add(planning, "Deploy approved", PLANNING, DECISION, Status.COMPLETED);
        var eligibility = trace.add(root, "Eligibility", ELIGIBILITY, PHASE, Status.COMPLETED);
        trace.add(eligibility, "Already Deployed", ELIGIBILITY, CHECK, Status.COMPLETED, says("Not deployed"));
        trace.add(eligibility, "Eligible", ELIGIBILITY, DECISION, Status.COMPLETED);
        var execution = trace.add(root, "Execution", EXECUTION, PHASE, Status.COMPLETED);
        job(trace, execution, Status.COMPLETED);
        return trace.spans();
    }

    private static void job(TraceFixture trace, Span execution, Status status) {
        trace.with(AttributeKeys.JOB_ID, "deploy-42");
        var attributes = Attributes.builder()
                .put(AttributeKeys.JOB_TYPE, "github-action")
                .put(AttributeKeys.JOB_CONFIG_PREFIX + "workflow", "deploy.yml");
        trace.add(execution, "Job: github-action", EXECUTION, ACTION, status, attributes.build());
    }

    private List<Span> blocked() {
        var trace = reconcile("checkout@v5.3.5", "schedule");
        var root = trace.root(Status.COMPLETED);
        var planning = trace.add(root, "Planning", PLANNING, PHASE, Status.COMPLETED);
        trace.add(planning, "Approval Policy", PLANNING, EVALUATION, Status.BLOCKED, says("1 of 2 approvals"));
        trace.noting(
                trace.event("required_approvals", Attributes.of("required_approvals", 2)),
                trace.event("approver", Attributes.of("approver", "alice")));
        trace.add(planning, "Not approved", PLANNING, DECISION, Status.FAILED);
        return trace.spans();
    }

    @Test
    void lines_ofAnApprovalThatIsMissingNow_sayWhoApprovedAndWhatWasNotReached() {
        assertGolden("approval-missing", Diff.of(deployed(), blocked()));
    }

    @Test
    void lines_ofOneThatIsUnderWay_sayWhatItHasYetToReach() {
        var trace = reconcile("checkout@v5.3.5", "schedule");
        trace.add(trace.root(Status.RUNNING), "Planning", PLANNING, PHASE, Status.RUNNING);

        assertGolden("running", Diff.of(deployed(), trace.spans()));
    }

    @Test
    void lines_ofADeploymentWithoutACheckOfBefore_sayThatItIsGone() {
        var without = deployed().stream()
                .filter(span -> !ELIGIBILITY.value().equals(span.phase()))
                .toList();

        assertGolden("check-gone", Diff.of(deployed(), without));
    }

    @Test
    void lines_ofABlockedOneThatWentThrough_sayWhatIsNew() {
        assertGolden("approval-given", Diff.of(blocked(), deployed()));
    }

    @Test
    void lines_ofAJobThatFailsInItsPipeline_nameTheStep() {
        var before = deployed();
        var after = deployed();

        assertGolden(
                "pipeline-failed",
                Diff.of(
                        withPipeline(before, Status.COMPLETED, "done"),
                        withPipeline(after, Status.FAILED, "exit code 1")));
    }

    private List<Span> withPipeline(List<Span> trace, Status status, String message) {
        var pipeline = fixtures.trace(WORKSPACE)
                .with(AttributeKeys.PARENT_TRACE_ID, trace.get(0).traceId())
                .with(AttributeKeys.JOB_ID, "deploy-42");
        var root = pipeline.add(null, "deploy.yml #" + message.length(), EXTERNAL, ACTION, status);
        pipeline.add(root, "terraform apply", EXTERNAL, ACTION, status, says(message));
        return Stream.concat(trace.stream(), pipeline.spans().stream()).toList();
    }

    @Test
    void lines_ofPoliciesThatWereChanged_nameThemAndTheirMetadata() {
        var before = policies("r1", "Approval", "r2", "Soak Time", 2, "eu");
        var after = policies("r1", "Approval by the owners", "r3", "Change Freeze", 3, "us");

        assertGolden("policies-changed", Diff.of(before, after));
    }

    private List<Span> policies(
            String rule, String name, String otherRule, String otherName, int required, String region) {
        var trace = reconcile("checkout@v5.3.5", "schedule");
        var root = trace.root(Status.COMPLETED);
        trace.add(root, name, PLANNING, EVALUATION, Status.BLOCKED, rule(rule));
        trace.noting(
                trace.event("required", Attributes.of("required", required)),
                trace.event("region", Attributes.of("region", List.of(region, "ap"))),
                trace.event(region, Attributes.of("only_" + region, true)),
                trace.event("limits", Attributes.of("limits", java.util.Map.of("max", required))));
        trace.add(root, otherName, PLANNING, EVALUATION, Status.PENDING, rule(otherRule));
        trace.add(root, "no", PLANNING, DECISION, Status.FAILED);
        return trace.spans();
    }

    @Test
    void lines_ofADeploymentThatOnlyTookLonger_sayHowMuch() {
        var before = deployed();
        var after = before.stream().map(DiffSentencesTest::slower).toList();

        assertGolden("only-slower", Diff.of(before, after));
    }

    private static Span slower(Span span) {
        var start = span.startTime().plusSeconds(3_600);
        var isJob = span.attributes().get(AttributeKeys.JOB_TYPE) != null;
        return new Span(
                span.traceId().replace('0', '1'),
                span.spanId(),
                span.parentSpanId(),
                span.name(),
                start,
                start.plus(isJob ? Duration.ofSeconds(242) : Duration.ofMillis(50)),
                span.attributes(),
                span.events());
    }

    @Test
    void lines_ofTwoTargets_sayThatTheyAre() {
        assertGolden(
                "two-targets",
                Diff.of(
                        fixtures.completeWorkflow(WORKSPACE, "api-staging"),
                        fixtures.stopped(WORKSPACE, "api-production", Status.PENDING)));
    }

    @Test
    void lines_ofATraceAndItself_sayThatItIsOne() {
        var trace = blocked();

        assertGolden("same-trace", Diff.of(trace, trace));
    }

    @Test
    void lines_ofVeryManyDifferences_nameTheFirstAndCountTheRest() {
        assertGolden("many", Diff.of(many(Status.COMPLETED, "a", 0), many(Status.FAILED, "b", 9)));
    }

    private List<Span> many(Status status, String own, int noted) {
        var trace = reconcile("checkout@v5.3.5", "schedule");
        var root = trace.root(status);
        for (var i = 0; i < 9; i++) {
            trace.add(root, "Flipped " + i, ELIGIBILITY, CHECK, status, says(status.value()));
            trace.add(root, "Changed " + i, PLANNING, EVALUATION, Status.ALLOWED);
            for (var key = 0; key < 5; key++) {
                trace.noting(trace.event(
                        "round",
                        Attributes.builder()
                                .put("round", noted)
                                .put("a", noted)
                                .put("b", noted)
                                .put("c", noted)
                                .put("d", noted)
                                .build()));
            }
            trace.add(root, "Own " + own + i, PLANNING, EVALUATION, Status.ALLOWED);
        }
        return trace.spans();
    }

    @Test
    void lines_ofATargetOnWhichNothingChanged_orNothingWasRecorded_sayWhatToDo() {
        var summary = TraceSummary.of(blocked());
        var newest = TraceBrief.of(summary, summary.startTime());

        GOLDEN.assertHolds(
                "diff-nothing-changed.txt",
                String.join("\n", new TargetDiff("checkout-production", newest, null).lines(NOW)) + "\n");
        GOLDEN.assertHolds(
                "diff-never-recorded.txt",
                String.join("\n", new TargetDiff("checkout-productoin", null, null).lines(NOW)) + "\n");
        var absence = new NotOnRecord(List.of("checkout-production"), Duration.ofDays(30));
        GOLDEN.assertHolds(
                "diff-expired.txt",
                String.join("\n", new TargetDiff("checkout-productoin", null, null, absence).lines(NOW)) + "\n");
    }

    @Test
    void lines_ofGeneratedTraces_areFewAndPlain() {
        for (var i = 0; i < 2_000; i++) {
            var diff = Diff.of(GeneratedTraces.next(fixtures, WORKSPACE), GeneratedTraces.next(fixtures, WORKSPACE));

            assertThat(diff.lines(NOW)).hasSizeBetween(3, 19).noneMatch(String::isBlank);
        }
    }

    @Test
    void lines_withTextsThatSteerATerminal_arePlain() {
        var a = fixtures.trace(WORKSPACE).target("a").release("v1");
        a.add(a.root(Status.COMPLETED), "plain", PLANNING, EVALUATION, Status.ALLOWED);
        var b = fixtures.trace(WORKSPACE)
                .target("b\u001b[31m")
                .release("v2\u0007\n")
                .with(AttributeKeys.TRIGGER, "x\u001b");
        b.add(
                b.root(Status.COMPLETED),
                "evil\u001b[2J",
                PLANNING,
                EVALUATION,
                Status.BLOCKED,
                says("\u001b]0;x\u0007" + "y".repeat(9_999)));
        b.noting(b.event("k\u001b", Attributes.of("k\u001b", "v\u001b")));

        var lines = new ArrayList<>(Diff.of(a.spans(), b.spans()).lines(NOW));
        lines.addAll(Diff.of(b.spans(), a.spans()).lines(NOW));

        assertThat(lines).allMatch(line -> line.chars().noneMatch(Character::isISOControl) && line.length() < 1_000);
    }
}
