package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.query.FanoutTarget;
import io.deploytrace.query.Outcome;
import io.deploytrace.query.Outline;
import io.deploytrace.query.TraceBrief;
import io.deploytrace.query.TraceRun;
import io.deploytrace.span.Span;
import io.deploytrace.store.Page;
import io.deploytrace.store.PageRequest;
import io.deploytrace.store.SpanReader;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.StoredTrace;
import io.deploytrace.store.TimeRange;
import io.deploytrace.vocabulary.AttributeKeys;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import io.deploytrace.vocabulary.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What histories, fan-outs and comparisons are made of: runs of traces, targets of a release, the linked traces of several. */
public abstract class AnswersContract extends StoreContract {

    private static final PageRequest WHOLE = PageRequest.first(1_000);

    private Page<TraceRun> runs(PageRequest page) {
        return reader().runs(workspace, "api", TimeRange.ALL, page, soon());
    }

    private Page<FanoutTarget> fanout(PageRequest page) {
        return reader().fanout(workspace, "v1.2.4", page, soon());
    }

    /** So many traces of a few targets, releases and outcomes; some follow others of the same. */
    private List<StoredTrace> writeVariety(int count) {
        var traces = new ArrayList<List<Span>>();
        for (var i = 0; i < count; i++) {
            var target = fixtures.random().nextInt(4) > 0
                    ? "api"
                    : "target-" + fixtures.random().nextInt(9);
            traces.add(
                    switch (fixtures.random().nextInt(11)) {
                        case 2 -> skipped(target);
                        case 8, 9 -> deployed(target, "v1.2.4");
                        case 10 -> stopped(target, "v1.2.5");
                        case 0 -> fixtures.completeWorkflow(workspace, target);
                        case 1 -> fixtures.failedJob(workspace, target, "job-7");
                        case 3, 4 -> fixtures.stopped(workspace, target, Status.PENDING);
                        default -> fixtures.stopped(workspace, target, Status.BLOCKED);
                    });
        }
        return writeEach(traces);
    }

    /** A reconcile in which there was nothing to do. */
    private List<Span> skipped(String target) {
        var trace = fixtures.trace(workspace).target(target).release("v1.2.4");
        trace.root(Status.COMPLETED);
        return trace.spans();
    }

    private List<Span> deployed(String target, String release) {
        var trace = fixtures.trace(workspace).target(target).release(release);
        trace.add(trace.root(Status.COMPLETED), "apply", Phase.EXECUTION, NodeType.ACTION, Status.COMPLETED);
        return trace.spans();
    }

    private static List<StoredTrace> newestFirst(List<StoredTrace> written) {
        var reversed = new ArrayList<>(written);
        Collections.reverse(reversed);
        return reversed;
    }

    /** Consecutive traces with the same fingerprint, outcome and release. */
    private static List<TraceRun> plainRuns(List<StoredTrace> written) {
        var runs = new ArrayList<TraceRun>();
        List<Object> before = List.of();
        for (var trace : newestFirst(written)) {
            var summary = trace.summary();
            var answer = List.<Object>of(
                    summary.fingerprint(), summary.outcome(), Objects.requireNonNullElse(summary.releaseId(), ""));
            if (answer.equals(before)) {
                var last = runs.remove(runs.size() - 1);
                runs.add(new TraceRun(last.newest(), trace.brief(), last.count() + 1));
            } else {
                runs.add(new TraceRun(trace.brief(), trace.brief(), 1));
            }
            before = answer;
        }
        return runs;
    }

    private static List<StoredTrace> ofApi(List<StoredTrace> traces) {
        return traces.stream()
                .filter(trace -> "api".equals(trace.summary().releaseTargetKey()))
                .toList();
    }

    @Test
    void runs_ofATarget_areItsConsecutiveTracesOfTheSameAnswer() {
        var written = ofApi(writeVariety(60));

        var page = runs(WHOLE);

        assertThat(page).isEqualTo(new Page<>(plainRuns(written), null));
        assertThat(page.items()).anyMatch(run -> run.count() > 1).anyMatch(run -> run.count() == 1);
    }

    @Test
    void runs_inPagesOfAnySize_joinIntoTheWhole() {
        var whole = plainRuns(ofApi(writeVariety(40)));

        for (var limit : List.of(1, 2, 3, 5, whole.size() - 1, whole.size(), whole.size() + 1)) {
            assertThat(joined(this::runs, limit)).isEqualTo(whole);
        }
    }

    private static <T> List<T> joined(Function<PageRequest, Page<T>> list, int limit) {
        var page = list.apply(PageRequest.first(limit));
        var joined = new ArrayList<>(page.items());
        assertThat(page.items()).hasSizeBetween(1, limit);
        while (page.nextCursor() != null) {
            page = list.apply(new PageRequest(limit, page.nextCursor()));
            assertThat(page.items()).hasSizeBetween(1, limit);
            joined.addAll(page.items());
        }
        return joined;
    }

    @Test
    void runs_behindATrace_areThoseOfOlderTraces() {
        var written = ofApi(writeVariety(30));
        var middle = written.size() / 2;

        var cursor = SpanReader.behind(written.get(middle).brief());

        assertThat(runs(new PageRequest(1_000, cursor)).items()).isEqualTo(plainRuns(written.subList(0, middle)));
    }

    @Test
    void runs_ofARange_areCutAtItsEnds() {
        var written = ofApi(writeVariety(40));
        var range = new TimeRange(written.get(5).createdAt(), written.get(20).createdAt());

        assertThat(reader().runs(workspace, "api", range, WHOLE, soon()).items())
                .isEqualTo(plainRuns(written.subList(5, 20)));
    }

    @Test
    void runs_ofATargetWithoutTraces_areNone() {
        writeVariety(5);

        assertThat(reader().runs(workspace, "nobody", TimeRange.ALL, PageRequest.first(1), soon()))
                .isEqualTo(new Page<>(List.of(), null));
    }

    @Test
    void runsAndFanout_dontCountTracesThatJobsRecorded() {
        var parent = fixtures.failedJob(workspace, "api", "job-7");
        var external = fixtures.external(workspace, parent.get(0).traceId(), "job-7", Status.FAILED).stream()
                .map(span -> span(span, "api", "v1.2.4"))
                .toList();
        var written = writeEach(List.of(parent, external));

        assertThat(runs(WHOLE).items())
                .containsExactly(TraceRun.of(written.get(0).brief()));
        assertThat(fanout(WHOLE).items())
                .extracting(FanoutTarget::latest)
                .containsExactly(written.get(0).brief());
    }

    @Test
    void runs_ofTracesWhoseLinkedOnesFailedOrRun_areApartFromThoseWhereNoneDid() {
        var deployed = new ArrayList<List<Span>>();
        for (var i = 0; i < 8; i++) {
            deployed.add(fixtures.completeWorkflow(workspace, "api"));
        }
        var written = writeEach(deployed);
        var running = fixtures.trace(workspace).with(AttributeKeys.PARENT_TRACE_ID, id(deployed.get(6)));
        running.add(null, "build", Phase.EXTERNAL, NodeType.ACTION, Status.RUNNING);
        var between = fixtures.external(workspace, id(deployed.get(2)), "job-1", Status.COMPLETED);
        writeEach(List.of(
                fixtures.external(workspace, id(deployed.get(0)), "job-1", Status.COMPLETED),
                between,
                fixtures.external(workspace, id(between), "job-2", Status.FAILED),
                fixtures.external(workspace, id(deployed.get(3)), "job-3", Status.FAILED),
                fixtures.external(workspace, id(deployed.get(4)), "job-4", Status.FAILED),
                fixtures.external(workspace, id(deployed.get(4)), "job-4", Status.FAILED),
                running.spans()));

        var runs = runs(WHOLE).items();

        assertThat(runs)
                .containsExactly(
                        run(written, 7, 7),
                        run(written, 6, 6),
                        run(written, 5, 5),
                        run(written, 4, 4),
                        run(written, 3, 2),
                        run(written, 1, 0));
        for (var limit = 1; limit <= runs.size(); limit++) {
            assertThat(joined(this::runs, limit)).isEqualTo(runs);
        }
    }

    private static TraceRun run(List<StoredTrace> oldestFirst, int newest, int oldest) {
        return new TraceRun(
                oldestFirst.get(newest).brief(), oldestFirst.get(oldest).brief(), newest - oldest + 1);
    }

    private static String id(List<Span> trace) {
        return trace.get(0).traceId();
    }

    @Test
    void runs_ofTracesInWhichNoJobBegan_dontCountLinkedOnes() {
        var written = writeEach(List.of(
                fixtures.stopped(workspace, "api", Status.BLOCKED),
                fixtures.stopped(workspace, "api", Status.BLOCKED)));
        write(fixtures.external(workspace, written.get(0).summary().traceId(), "job-1", Status.FAILED));

        assertThat(runs(WHOLE).items()).containsExactly(run(written, 1, 0));
    }

    private static Span span(Span span, String target, String release) {
        return new Span(
                span.traceId(),
                span.spanId(),
                span.parentSpanId(),
                span.name(),
                span.startTime(),
                span.endTime(),
                span.attributes().toBuilder()
                        .put("ctrlplane.release_target_key", target)
                        .put("ctrlplane.release_id", release)
                        .build(),
                span.events());
    }

    @Test
    void fanout_ofARelease_tellsOfEachTargetHowItStandsAndWhatBecameOfItSince() {
        var written = new ArrayList<>(writeVariety(60));
        written.addAll(writeEach(List.of(
                deployed("moved", "v1.2.4"),
                deployed("moved", "v1.2.5"),
                deployed("tried", "v1.2.4"),
                stopped("tried", "v1.2.5"),
                stopped("new", "v1.2.4"))));

        assertThat(fanout(WHOLE)).isEqualTo(new Page<>(plainFanout(written), null));
        assertThat(plainFanout(written))
                .anyMatch(target -> target.supersededBy() != null)
                .anyMatch(target -> target.triedSince() != null)
                .anyMatch(target -> target.supersededBy() == null && target.triedSince() == null)
                .anyMatch(target -> target.latest().outcome() == Outcome.DEPLOYED)
                .anyMatch(target -> target.latest().outcome() == Outcome.BLOCKED);
    }

    /** Over all traces, oldest first: the later ones replace what the earlier ones said. */
    private static List<FanoutTarget> plainFanout(List<StoredTrace> written) {
        var targets = new TreeMap<String, FanoutTarget>();
        var started = new HashMap<String, TraceBrief>();
        var deployed = new HashMap<String, TraceBrief>();
        for (var trace : written) {
            var key = String.valueOf(trace.summary().releaseTargetKey());
            var release = trace.summary().releaseId();
            if (trace.summary().outcome().gotGoing()) {
                started.put(key, trace.brief());
            }
            if (trace.summary().outcome() == Outcome.DEPLOYED) {
                deployed.put(key, trace.brief());
            }
            var known = targets.get(key);
            if ("v1.2.4".equals(release)) {
                var since = known == null ? trace.summary().startTime() : known.since();
                var latest = latest(trace.brief(), known, started.get(key));
                targets.put(key, new FanoutTarget(key, latest, since, deployed.get(key), release));
            } else if (known != null) {
                targets.put(key, new FanoutTarget(key, known.latest(), known.since(), deployed.get(key), release));
            }
        }
        return List.copyOf(targets.values());
    }

    private static TraceBrief latest(TraceBrief trace, @Nullable FanoutTarget known, @Nullable TraceBrief started) {
        if (trace.outcome() == Outcome.SKIPPED
                && known != null
                && known.latest().outcome() != Outcome.SKIPPED) {
            return known.latest();
        }
        return started != null
                        && started.outcome() == Outcome.DEPLOYED
                        && Objects.equals(started.releaseId(), trace.releaseId())
                ? started
                : trace;
    }

    @Test
    void fanout_ofATargetThatMovedOnAndBack_saysSoOnlyWhileItIsAway() {
        write(fixtures.stopped(workspace, "api", Status.BLOCKED));
        write(fixtures.completeWorkflow(workspace, "api"));
        assertThat(fanout(WHOLE).items()).extracting(FanoutTarget::supersededBy).containsExactly("v1.2.3");

        write(fixtures.stopped(workspace, "api", Status.BLOCKED));
        assertThat(fanout(WHOLE).items()).extracting(FanoutTarget::supersededBy).containsOnlyNulls();

        write(stopped("api", "v1.2.3"));
        assertThat(fanout(WHOLE).items()).extracting(FanoutTarget::supersededBy).containsExactly("v1.2.3");
    }

    private List<Span> stopped(String target, String release) {
        return fixtures.stopped(workspace, target, Status.BLOCKED).stream()
                .map(span -> span(span, target, release))
                .toList();
    }

    @Test
    void fanout_ofATargetAtWhichAnotherReleaseWasOnlyTried_didntMoveOn() {
        write(deployed("api", "v1.2.4"));
        write(stopped("api", "v1.2.5"));

        var target = fanout(WHOLE).items().get(0);

        assertThat(target.latest().outcome()).isEqualTo(Outcome.DEPLOYED);
        assertThat(target.supersededBy()).isNull();
        assertThat(target.triedSince()).isEqualTo("v1.2.5");
    }

    @Test
    void fanout_ofAReleaseThatIsThere_isDeployedWhateverStoppedLaterReconciles() {
        var deployed = deployed("api", "v1.2.4");
        writeEach(List.of(deployed, stopped("api", "v1.2.4"), skipped("api")));

        assertThat(fanout(WHOLE).items())
                .extracting(FanoutTarget::latest)
                .containsExactly(stored(deployed).brief());
    }

    @Test
    void fanout_ofAReleaseThatIsToComeBack_isStoppedByWhatStandsInTheWay() {
        for (var other : List.of(deployed("api", "v1.2.5"), fixtures.failedJob(workspace, "api", "job-7"))) {
            write(deployed("api", "v1.2.4"));
            write(other);
            var stopped = stopped("api", "v1.2.4");
            write(stopped);

            assertThat(fanout(WHOLE).items())
                    .extracting(FanoutTarget::latest)
                    .containsExactly(stored(stopped).brief());
        }
    }

    @Test
    void lastStarted_ofATarget_isItsNewestTraceInWhichAJobMayHaveBegun() {
        var written = writeVariety(60);
        write(fixtures.external(workspace, written.get(0).summary().traceId(), "job-7", Status.FAILED).stream()
                .map(span -> span(span, "api", "v1.2.4"))
                .toList());
        var outcomes = List.of(Outcome.DEPLOYED, Outcome.FAILED, Outcome.RUNNING);

        assertThat(reader().lastStarted(workspace, "api", soon()))
                .isEqualTo(newestFirst(ofApi(written)).stream()
                        .filter(trace -> outcomes.contains(trace.summary().outcome()))
                        .findFirst());
        assertThat(reader().lastStarted(workspace, "nobody", soon())).isEmpty();
        assertThat(reader().lastStarted(store.newWorkspace(), "api", soon())).isEmpty();
    }

    @Test
    void fanout_ofATargetWithNothingToDo_tellsOfTheTraceBefore() {
        var blocked = fixtures.stopped(workspace, "api", Status.BLOCKED);
        writeEach(List.of(skipped("api"), blocked, skipped("api"), skipped("idle"), skipped("idle")));

        assertThat(fanout(WHOLE).items())
                .extracting(target -> target.latest().outcome())
                .containsExactly(Outcome.BLOCKED, Outcome.SKIPPED);
        assertThat(fanout(WHOLE).items().get(0).latest())
                .isEqualTo(stored(blocked).brief());
    }

    @Test
    void fanout_keysOfAllKinds_areInTheOrderOfTheirBytesAndPagesJoin() {
        for (var key : List.of("\uD83D\uDE80", "\uFF5A", "é", "z", "a b", "ab", "B", "")) {
            write(fixtures.stopped(workspace, key, Status.BLOCKED));
        }

        var whole = fanout(WHOLE).items();

        assertThat(whole)
                .extracting(FanoutTarget::releaseTargetKey)
                .containsExactly("", "B", "a b", "ab", "z", "é", "\uFF5A", "\uD83D\uDE80");
        for (var limit = 1; limit <= 9; limit++) {
            assertThat(joined(this::fanout, limit)).isEqualTo(whole);
        }
        assertThat(reader().fanout(workspace, "v9", WHOLE, soon())).isEqualTo(new Page<>(List.of(), null));
    }

    @Test
    void linkedTraces_ofSeveral_areThoseOfEach() {
        var first = fixtures.failedJob(workspace, "api", "job-7");
        var second = fixtures.failedJob(workspace, "api", "job-8");
        var third = fixtures.single(workspace);
        var ofFirst = fixtures.external(workspace, first.get(0).traceId(), "job-7", Status.FAILED);
        var below = fixtures.external(workspace, ofFirst.get(0).traceId(), "job-9", Status.FAILED);
        var ofSecond = fixtures.external(workspace, second.get(0).traceId(), "job-8", Status.COMPLETED);
        writeEach(List.of(first, second, third, ofFirst, below, ofSecond));

        var ids = List.of(
                first.get(0).traceId(), second.get(0).traceId(), third.get(0).traceId(), fixtures.traceId());

        assertThat(reader().linkedTraces(workspace, ids, soon()))
                .isEqualTo(Map.of(
                        first.get(0).traceId(), List.of(stored(ofFirst), stored(below)),
                        second.get(0).traceId(), List.of(stored(ofSecond))));
        assertThat(reader().linkedTraces(workspace, List.of(), soon())).isEmpty();
    }

    @Test
    void outlines_ofSeveral_areThoseOfEach() {
        var first = fixtures.failedJob(workspace, "api", "job-7");
        var second = fixtures.completeWorkflow(workspace, "api");
        var ofFirst = fixtures.external(workspace, first.get(0).traceId(), "job-7", Status.FAILED);
        var below = fixtures.external(workspace, ofFirst.get(0).traceId(), "job-9", Status.FAILED);
        writeEach(List.of(below, first, second, ofFirst));
        var ids = List.of(
                first.get(0).traceId(), second.get(0).traceId(), ofFirst.get(0).traceId(), fixtures.traceId());

        var outlines = reader().outlines(workspace, ids, soon());

        assertThat(outlines).hasSize(3);
        outlines.forEach((id, outline) -> assertThat(outline)
                .isEqualTo(reader().traceWithLinked(workspace, id, soon()).stream()
                        .map(Outline::of)
                        .toList())
                .isEqualTo(reader().outline(workspace, id, soon())));
        assertThat(reader().outlines(workspace, List.of(), soon())).isEmpty();
    }

    @Test
    void linkedTracesAndOutlines_ofMoreThanCanBeAsked_areRefused() {
        var ids = Collections.nCopies(SpanReader.MAXIMUM_KEYS + 1, fixtures.traceId());

        for (var read : List.<Runnable>of(
                () -> reader().linkedTraces(workspace, ids, soon()), () -> reader().outlines(workspace, ids, soon()))) {
            assertThatThrownBy(read::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1000");
        }
    }

    @Test
    void reads_ofAnotherWorkspace_seeNothing() {
        var other = store.newWorkspace();
        var parent = fixtures.failedJob(workspace, "api", "job-7");
        write(parent);
        write(fixtures.external(workspace, parent.get(0).traceId(), "job-7", Status.FAILED));
        write(fixtures.stopped(workspace, "api", Status.BLOCKED));
        var cursor = runs(PageRequest.first(1)).nextCursor();

        assertThat(reader().runs(other, "api", TimeRange.ALL, WHOLE, soon()).items())
                .isEmpty();
        assertThat(reader().runs(other, "api", TimeRange.ALL, new PageRequest(10, cursor), soon())
                        .items())
                .isEmpty();
        assertThat(reader().fanout(other, "v1.2.4", WHOLE, soon()).items()).isEmpty();
        assertThat(reader().linkedTraces(other, List.of(parent.get(0).traceId()), soon()))
                .isEmpty();
        assertThat(reader().outlines(other, List.of(parent.get(0).traceId()), soon()))
                .isEmpty();
    }

    @Test
    void cursor_damagedOrOfAnotherList_isRefused() {
        writeVariety(20);
        var ofRuns = String.valueOf(runs(PageRequest.first(1)).nextCursor());
        write(fixtures.stopped(workspace, "zzz", Status.BLOCKED));
        var ofFanout = String.valueOf(fanout(PageRequest.first(1)).nextCursor());

        for (var bad : List.of("", "x", "!", ofRuns.substring(1))) {
            assertRefused(() -> runs(new PageRequest(1, bad)));
            assertRefused(() -> fanout(new PageRequest(1, bad)));
        }
        assertRefused(() -> runs(new PageRequest(1, ofFanout)));
        assertRefused(() -> fanout(new PageRequest(1, ofRuns)));
    }

    private static void assertRefused(Runnable read) {
        assertThatThrownBy(read::run)
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(SpanStoreException.Reason.INVALID_SPAN));
    }

    @Test
    void reads_afterTheDeadline_areRefused() {
        for (var read : List.<Runnable>of(
                () -> reader().runs(workspace, "api", TimeRange.ALL, WHOLE, passed()),
                () -> reader().fanout(workspace, "v1.2.4", WHOLE, passed()),
                () -> reader().lastStarted(workspace, "api", passed()),
                () -> reader().linkedTraces(workspace, List.of("t"), passed()),
                () -> reader().outlines(workspace, List.of("t"), passed()))) {
            assertThatThrownBy(read::run)
                    .isInstanceOfSatisfying(
                            SpanStoreException.class,
                            failure ->
                                    assertThat(failure.reason()).isEqualTo(SpanStoreException.Reason.DEADLINE_PASSED));
        }
    }
}
