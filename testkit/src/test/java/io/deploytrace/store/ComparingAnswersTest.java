package io.deploytrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.Diff;
import io.deploytrace.query.Fanout;
import io.deploytrace.query.FanoutGroup;
import io.deploytrace.query.FanoutTarget;
import io.deploytrace.query.History;
import io.deploytrace.query.HistoryLine;
import io.deploytrace.query.NotOnRecord;
import io.deploytrace.query.Outcome;
import io.deploytrace.query.StepChange;
import io.deploytrace.query.StepChange.Change;
import io.deploytrace.query.TargetDiff;
import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.SettableClock;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changed, what became of a target, how a release stands: read from a store. */
class ComparingAnswersTest {

    private static final UUID WORKSPACE = UUID.fromString("0b8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47");
    private static final UUID OTHER = UUID.fromString("3f8f6a52-6e0c-4d52-8d0e-3c8f6b1a9d47");
    private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(5));

    private final SettableClock clock = new SettableClock(Fixtures.START);
    private final InMemorySpanStore store = new InMemorySpanStore(clock, 100_000);
    private final Answers answers = new Answers(store);
    private final Fixtures fixtures = new Fixtures(31);

    @BeforeEach
    void addWorkspaces() {
        store.addWorkspace(WORKSPACE);
        store.addWorkspace(OTHER);
    }

    private List<Span> write(List<Span> trace) {
        store.write(trace, DEADLINE);
        clock.advance(Duration.ofMinutes(1));
        return trace;
    }

    private static String id(List<Span> trace) {
        return trace.get(0).traceId();
    }

    private StoredTrace stored(List<Span> trace) {
        return store.summary(WORKSPACE, id(trace), DEADLINE).orElseThrow();
    }

    private History history(int limit, String cursor) {
        return answers.history(WORKSPACE, "api", TimeRange.ALL, new PageRequest(limit, cursor), DEADLINE);
    }

    @Test
    void diff_ofTwoTraces_isThatOfTheirSpansWithLinkedOnes() {
        var a = write(fixtures.completeWorkflow(WORKSPACE, "api"));
        var b = write(fixtures.failedJob(WORKSPACE, "api", "job-7"));
        var linked = write(fixtures.external(WORKSPACE, id(b), "job-7", Status.FAILED));
        var both = new ArrayList<>(b);
        both.addAll(linked);

        assertThat(answers.diff(WORKSPACE, id(a), id(b), DEADLINE)).contains(Diff.of(a, both));
        assertThat(answers.diff(WORKSPACE, id(a), id(a), DEADLINE).orElseThrow().isSame())
                .isTrue();
    }

    @Test
    void diff_ofATraceThatIsntThere_orIsAnothersWorkspace_isNone() {
        var own = write(fixtures.single(WORKSPACE));
        var foreign = write(fixtures.single(OTHER));

        assertThat(answers.diff(WORKSPACE, id(own), fixtures.traceId(), DEADLINE))
                .isEmpty();
        assertThat(answers.diff(WORKSPACE, fixtures.traceId(), id(own), DEADLINE))
                .isEmpty();
        assertThat(answers.diff(WORKSPACE, id(own), id(foreign), DEADLINE)).isEmpty();
        assertThat(answers.diff(WORKSPACE, id(foreign), id(foreign), DEADLINE)).isEmpty();
        assertThat(answers.diff(OTHER, id(own), id(foreign), DEADLINE)).isEmpty();
    }

    @Test
    void diff_ofVeryLargeTraces_comparesVerdictsAndTellsOfTheFirstSteps() {
        var a = write(large(Status.ALLOWED, "1"));
        var b = write(large(Status.BLOCKED, "2"));

        var diff = answers.diff(WORKSPACE, id(a), id(b), DEADLINE).orElseThrow();

        assertThat(diff.isOutlined()).isTrue();
        assertThat(diff.steps()).hasSize(500).allMatch(step -> step.change() == Change.FLIPPED);
        assertThat(diff.unlisted()).isEqualTo(100);
        assertThat(diff.steps().get(0).b().message()).isEqualTo("message 2");
        assertThat(diff.lines(Fixtures.START))
                .contains("These traces are so large that only verdicts were compared, and 100 more steps differ than"
                        + " are told here.");
    }

    /** Of 600 verdicts, and very many that are always the same. */
    private List<Span> large(Status verdict, String word) {
        var trace = fixtures.trace(WORKSPACE).target("api");
        var root = trace.root(Status.COMPLETED);
        for (var i = 0; i < 600; i++) {
            trace.add(
                    root,
                    "Policy " + i,
                    Phase.PLANNING,
                    NodeType.EVALUATION,
                    verdict,
                    Attributes.of(AttributeKeys.MESSAGE, "message " + word));
        }
        for (var i = 0; i < 4_500; i++) {
            trace.add(root, "Same", Phase.PLANNING, NodeType.EVALUATION, Status.ALLOWED, Attributes.of("noted", word));
        }
        return trace.spans();
    }

    @Test
    void diffTarget_isFromTheNewestOfAnotherOutcomeToTheNewest() {
        write(fixtures.failedJob(WORKSPACE, "api", "job-7"));
        var deployed = write(fixtures.completeWorkflow(WORKSPACE, "api"));
        write(fixtures.stopped(WORKSPACE, "api", Status.BLOCKED));
        write(fixtures.completeWorkflow(WORKSPACE, "billing"));
        var newest = write(fixtures.stopped(WORKSPACE, "api", Status.BLOCKED));

        var diff = answers.diffTarget(WORKSPACE, "api", DEADLINE);

        assertThat(diff).isEqualTo(new TargetDiff("api", stored(newest).brief(), Diff.of(deployed, newest)));
    }

    @Test
    void diffTarget_acrossManyPages_findsIt() {
        var deployed = write(fixtures.completeWorkflow(WORKSPACE, "api"));
        for (var i = 0; i < 30; i++) {
            write(fixtures.stopped(WORKSPACE, "api", Status.BLOCKED));
            write(withRelease("v9." + i));
        }

        assertThat(answers.diffTarget(WORKSPACE, "api", DEADLINE)
                        .diff()
                        .a()
                        .summary()
                        .traceId())
                .isEqualTo(id(deployed));
    }

    private List<Span> withRelease(String release) {
        var trace = fixtures.trace(WORKSPACE).target("api").release(release);
        trace.add(trace.root(Status.COMPLETED), "Freeze", Phase.PLANNING, NodeType.EVALUATION, Status.BLOCKED);
        return trace.spans();
    }

    @Test
    void diffTarget_ofAJobThatFailedInItsPipeline_countsThatAsTheOutcome() {
        var good = write(fixtures.completeWorkflow(WORKSPACE, "api"));
        var bad = write(withPipeline("v9"));
        write(fixtures.external(WORKSPACE, id(bad), "job-9", Status.FAILED));

        var diff = answers.diffTarget(WORKSPACE, "api", DEADLINE);

        assertThat(diff.newest().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(diff.newest().cause().name()).isEqualTo("apply");
        assertThat(diff.diff().a().summary().traceId()).isEqualTo(id(good));
        assertThat(diff.diff().steps().stream().filter(StepChange::isLinked)).hasSize(2);
    }

    /** A reconcile that deploys, as far as its controller knows. */
    private List<Span> withPipeline(String release) {
        var trace = fixtures.trace(WORKSPACE).target("api").release(release).with(AttributeKeys.JOB_ID, "job-9");
        var attributes = Attributes.of(AttributeKeys.JOB_TYPE, "argo");
        trace.add(
                trace.root(Status.COMPLETED),
                "Job: argo",
                Phase.EXECUTION,
                NodeType.ACTION,
                Status.COMPLETED,
                attributes);
        return trace.spans();
    }

    @Test
    void diffTarget_withOneOutcomeAlone_orNone_hasNothingToCompare() {
        write(fixtures.stopped(WORKSPACE, "api", Status.BLOCKED));
        var newest = write(fixtures.stopped(WORKSPACE, "api", Status.BLOCKED));

        assertThat(answers.diffTarget(WORKSPACE, "api", DEADLINE))
                .isEqualTo(new TargetDiff("api", stored(newest).brief(), null));
        assertThat(answers.diffTarget(WORKSPACE, "nobody", DEADLINE)).isEqualTo(new TargetDiff("nobody", null, null));
        assertThat(answers.diffTarget(OTHER, "api", DEADLINE)).isEqualTo(new TargetDiff("api", null, null));
    }

    @Test
    void history_foldsWhatIsTheSame_andPagesJoin() {
        var deployed = write(fixtures.completeWorkflow(WORKSPACE, "api"));
        var first = write(fixtures.stopped(WORKSPACE, "api", Status.BLOCKED));
        for (var i = 0; i < 40; i++) {
            write(fixtures.stopped(WORKSPACE, "api", Status.BLOCKED));
        }
        var last = write(fixtures.stopped(WORKSPACE, "api", Status.BLOCKED));
        var failed = write(fixtures.failedJob(WORKSPACE, "api", "job-7"));

        var whole = history(10, null);

        assertThat(whole.lines())
                .containsExactly(
                        new HistoryLine(stored(failed).brief(), stored(failed).brief(), 1, null),
                        new HistoryLine(stored(last).brief(), stored(first).brief(), 42, null),
                        new HistoryLine(
                                stored(deployed).brief(), stored(deployed).brief(), 1, null));
        assertThat(whole.nextCursor()).isNull();
        assertThat(pages(1)).isEqualTo(whole.lines());
        assertThat(pages(2)).isEqualTo(whole.lines());
    }

    private List<HistoryLine> pages(int limit) {
        var lines = new ArrayList<HistoryLine>();
        var page = history(limit, null);
        lines.addAll(page.lines());
        while (page.nextCursor() != null) {
            page = history(limit, page.nextCursor());
            assertThat(page.lines()).isNotEmpty();
            lines.addAll(page.lines());
        }
        return lines;
    }

    @Test
    void history_ofATargetThatFlapsForVeryLong_isOneLine() {
        write(fixtures.completeWorkflow(WORKSPACE, "api"));
        for (var i = 0; i < 600; i++) {
            write(fixtures.stopped(WORKSPACE, "api", i % 2 == 0 ? Status.BLOCKED : Status.PENDING));
        }

        var lines = history(10, null).lines();

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).count()).isEqualTo(600);
        assertThat(lines.get(0).flapping().changes()).isEqualTo(599);
        assertThat(pages(1)).isEqualTo(lines);
    }

    @Test
    void history_ofAJobThatFailedInItsPipeline_saysSo() {
        var trace = write(withPipeline("v9"));
        write(fixtures.external(WORKSPACE, id(trace), "job-9", Status.FAILED));

        var line = history(10, null).lines().get(0);

        assertThat(line.newest().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(line.newest().cause().name()).isEqualTo("apply");
    }

    @Test
    void history_ofRedeploys_keepsTheOneWhosePipelineFailed() {
        for (var i = 0; i < 5; i++) {
            deploy(Status.COMPLETED);
        }
        deploy(Status.FAILED);
        deploy(Status.COMPLETED);

        var lines = history(10, null).lines();

        assertThat(lines).extracting(HistoryLine::count).containsExactly(1L, 1L, 5L);
        assertThat(lines)
                .extracting(line -> line.newest().outcome())
                .containsExactly(Outcome.DEPLOYED, Outcome.FAILED, Outcome.DEPLOYED);
        assertThat(pages(1)).isEqualTo(lines);
    }

    /** A deployment whose job ended well for its controller, and recorded itself what came of it. */
    private void deploy(Status inPipeline) {
        var trace = write(withPipeline("v9"));
        write(fixtures.external(WORKSPACE, id(trace), "job-9", inPipeline));
    }

    @Test
    void history_ofPipelinesThatFailedAtOneStepOnDifferentPaths_isOneLine() {
        for (var i = 0; i < 4; i++) {
            var trace = write(withPipeline("v9"));
            var pipeline = fixtures.trace(WORKSPACE)
                    .with(AttributeKeys.PARENT_TRACE_ID, id(trace))
                    .with(AttributeKeys.JOB_ID, "job-9");
            pipeline.add(null, "attempt " + i / 2, Phase.EXTERNAL, NodeType.ACTION, Status.COMPLETED);
            pipeline.add(null, "apply", Phase.EXTERNAL, NodeType.ACTION, Status.FAILED);
            write(pipeline.spans());
        }

        var lines = history(10, null).lines();

        assertThat(lines).extracting(HistoryLine::count).containsExactly(4L);
        assertThat(lines.get(0).newest().cause().name()).isEqualTo("apply");
        assertThat(pages(1)).isEqualTo(lines);
    }

    @Test
    void diffTarget_ofARetryThatSucceeded_isFromTheFailedPipeline() {
        deploy(Status.COMPLETED);
        var failed = write(withPipeline("v9"));
        write(fixtures.external(WORKSPACE, id(failed), "job-9", Status.FAILED));
        deploy(Status.COMPLETED);
        deploy(Status.COMPLETED);

        var diff = answers.diffTarget(WORKSPACE, "api", DEADLINE);

        assertThat(diff.newest().outcome()).isEqualTo(Outcome.DEPLOYED);
        assertThat(diff.diff().a().summary().traceId()).isEqualTo(id(failed));
    }

    @Test
    void history_ofARange_orOfNothing_saysWhichItWas() {
        write(fixtures.stopped(WORKSPACE, "api", Status.BLOCKED));
        var range = new TimeRange(Fixtures.START.minusSeconds(9), Fixtures.START);

        assertThat(answers.history(WORKSPACE, "api", range, PageRequest.first(5), DEADLINE))
                .isEqualTo(new History("api", List.of(), null, range.since(), range.until()));
        assertThat(answers.history(OTHER, "api", TimeRange.ALL, PageRequest.first(5), DEADLINE))
                .isEqualTo(new History("api", List.of(), null, null, null));
    }

    @Test
    void fanout_groupsTheTargetsOfARelease() {
        var first = write(fixtures.stopped(WORKSPACE, "a", Status.BLOCKED));
        var deployed = write(fixtures.completeWorkflow(WORKSPACE, "a"));
        var second = write(fixtures.stopped(WORKSPACE, "b", Status.BLOCKED));
        var waiting = write(fixtures.stopped(WORKSPACE, "c", Status.PENDING));

        var fanout = answers.fanout(WORKSPACE, "v1.2.4", DEADLINE);

        assertThat(fanout)
                .isEqualTo(new Fanout(
                        "v1.2.4",
                        List.of(
                                new FanoutGroup(
                                        Outcome.BLOCKED,
                                        stored(first).summary().cause(),
                                        List.of(
                                                new FanoutTarget(
                                                        "a",
                                                        stored(first).brief(),
                                                        stored(first).summary().startTime(),
                                                        stored(deployed).brief(),
                                                        "v1.2.3"),
                                                target("b", second))),
                                new FanoutGroup(
                                        Outcome.WAITING,
                                        stored(waiting).summary().cause(),
                                        List.of(target("c", waiting)))),
                        false,
                        NotOnRecord.UNEXPLAINED));
        assertThat(answers.fanout(OTHER, "v1.2.4", DEADLINE))
                .isEqualTo(new Fanout("v1.2.4", List.of(), false, NotOnRecord.UNEXPLAINED));
    }

    private FanoutTarget target(String key, List<Span> trace) {
        return new FanoutTarget(
                key, stored(trace).brief(), stored(trace).summary().startTime(), null, "v1.2.4");
    }

    @Test
    void fanout_ofATargetWhereTheNextReleaseFailedInItsPipeline_didntMoveOn() {
        write(fixtures.completeWorkflow(WORKSPACE, "api"));
        var next = write(withPipeline("v9"));
        assertThat(onlyTarget("v1.2.3").supersededBy()).isEqualTo("v9");

        write(fixtures.external(WORKSPACE, id(next), "job-9", Status.FAILED));

        assertThat(onlyTarget("v1.2.3").supersededBy()).isNull();
        assertThat(onlyTarget("v1.2.3").triedSince()).isEqualTo("v9");
    }

    private FanoutTarget onlyTarget(String release) {
        return answers.fanout(WORKSPACE, release, DEADLINE)
                .groups()
                .get(0)
                .targets()
                .get(0);
    }

    @Test
    void fanout_ofAJobThatFailedInItsPipeline_isFailedWithTheStepAsItsCause() {
        var trace = write(withPipeline("v9"));
        write(fixtures.external(WORKSPACE, id(trace), "job-9", Status.FAILED));

        var group = answers.fanout(WORKSPACE, "v9", DEADLINE).groups().get(0);

        assertThat(group.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(group.cause().name()).isEqualTo("apply");
    }
}
