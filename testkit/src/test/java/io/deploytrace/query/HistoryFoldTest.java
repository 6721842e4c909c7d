package io.deploytrace.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.testkit.Fixtures;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryFoldTest {

    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());
    private static final Instant START = Fixtures.START;

    private final Random random = new Random(17);

    private static TraceBrief trace(int index, Outcome outcome, String cause, Instant start) {
        return new TraceBrief(
                "%032x".formatted(index),
                "v1",
                outcome,
                cause == null ? null : new Cause("%016x".formatted(index), null, cause, "message " + index),
                "v1:" + outcome + cause,
                start,
                start,
                1);
    }

    private static TraceBrief trace(int index, Outcome outcome, String cause) {
        return trace(index, outcome, cause, START.minusSeconds(60L * index));
    }

    private static List<HistoryLine> fold(List<TraceRun> runs, int limit) {
        var fold = new HistoryFold(limit);
        for (var run : runs) {
            if (!fold.add(run)) {
                break;
            }
        }
        return fold.end();
    }

    /** Traces that go on as the one before, go back to the one before that, or do anything else. */
    private List<TraceBrief> generated() {
        var traces = new ArrayList<TraceBrief>();
        var start = START;
        for (var i = random.nextInt(60); i >= 0; i--) {
            start = start.minusSeconds(random.nextInt(4) == 0 ? 3_000 : 60);
            var size = traces.size();
            var chance = random.nextInt(8);
            var like = size > 1 && chance < 4
                    ? traces.get(size - 2)
                    : size > 0 && chance < 6 ? traces.get(size - 1) : any(i);
            traces.add(new TraceBrief(
                    "%032x".formatted(size),
                    like.releaseId(),
                    like.outcome(),
                    like.cause(),
                    like.fingerprint(),
                    start,
                    start,
                    1));
        }
        return traces;
    }

    private TraceBrief any(int index) {
        var cause = random.nextInt(3) == 0 ? null : "cause " + random.nextInt(2);
        var outcome = OUTCOMES.get(random.nextInt(3));
        var any = trace(index, outcome, cause);
        var rule = random.nextBoolean() ? "rule" : null;
        return new TraceBrief(
                any.traceId(),
                random.nextInt(10) == 0 ? null : "v1",
                outcome,
                cause == null ? null : new Cause("s", rule, cause, null),
                any.fingerprint() + random.nextInt(2),
                START,
                START,
                1);
    }

    @Test
    void fold_ofGeneratedHistories_agreesWithThePlainRules() {
        var flapping = 0L;
        for (var i = 0; i < 5_000; i++) {
            var runs = PlainHistory.runs(generated());
            var plain = PlainHistory.lines(runs);
            flapping += plain.stream().filter(line -> line.flapping() != null).count();

            assertThat(fold(runs, 100)).isEqualTo(plain);
            assertThat(inPages(runs, 1 + random.nextInt(4))).isEqualTo(plain);
        }
        assertThat(flapping).isGreaterThan(1_000);
    }

    /** Begins each page behind the last trace of the page before, as a cursor does. */
    private static List<HistoryLine> inPages(List<TraceRun> runs, int limit) {
        var joined = new ArrayList<HistoryLine>();
        for (var at = 0; at < runs.size(); ) {
            var fold = new HistoryFold(limit);
            for (var run : runs.subList(at, runs.size())) {
                if (!fold.add(run)) {
                    break;
                }
            }
            var page = fold.end();
            assertThat(page).hasSizeBetween(1, limit);
            joined.addAll(page);
            var last = page.get(page.size() - 1).oldest();
            while (at < runs.size() && !runs.get(at++).oldest().equals(last)) {}
            assertThat(fold.hasMore()).isEqualTo(at < runs.size());
        }
        return joined;
    }

    @Test
    void fold_ofOneAnswerAllDay_isOneLine() {
        var run = TraceRun.of(trace(0, Outcome.BLOCKED, "Approval Policy"));
        for (var i = 1; i < 412; i++) {
            assertThat(run.goesOnWith(trace(i, Outcome.BLOCKED, "Approval Policy")))
                    .isTrue();
            run = run.and(TraceRun.of(trace(i, Outcome.BLOCKED, "Approval Policy")));
        }
        assertThat(run.goesOnWith(trace(412, Outcome.DEPLOYED, null))).isFalse();

        assertThat(fold(List.of(run), 10))
                .containsExactly(new HistoryLine(
                        trace(0, Outcome.BLOCKED, "Approval Policy"),
                        trace(411, Outcome.BLOCKED, "Approval Policy"),
                        412,
                        null));
    }

    @Test
    void fold_ofFourChangesAndMore_isFlapping_ofThreeEachALine() {
        assertThat(fold(taking(4, Duration.ZERO), 10)).hasSize(4).allMatch(line -> line.flapping() == null);

        var flapping = fold(taking(39, Duration.ZERO), 10);

        assertThat(flapping).hasSize(1);
        assertThat(flapping.get(0).count()).isEqualTo(39);
        assertThat(flapping.get(0).flapping())
                .isEqualTo(new HistoryLine.Flapping(38, trace(1, Outcome.DEPLOYED, null), 19));
    }

    @Test
    void fold_ofTurnsThatLastForMoreThanAnHour_keepsEach() {
        assertThat(fold(taking(9, Duration.ofHours(1)), 10)).hasSize(1);
        assertThat(fold(taking(9, Duration.ofHours(1).plusMillis(1)), 10)).hasSize(9);
    }

    /** Runs that take turns, each as long. */
    private static List<TraceRun> taking(int turns, Duration length) {
        var runs = new ArrayList<TraceRun>();
        for (var i = 0; i < turns; i++) {
            var newest = i % 2 == 0 ? trace(i, Outcome.BLOCKED, "Approval Policy") : trace(i, Outcome.DEPLOYED, null);
            var start = newest.startTime().minus(length);
            var oldest = trace(i, newest.outcome(), i % 2 == 0 ? "Approval Policy" : null, start);
            runs.add(length.isZero() ? TraceRun.of(newest) : new TraceRun(newest, oldest, 2));
        }
        return runs;
    }

    @Test
    void fold_ofAHundredThousandTraces_keepsTheLinesAndHardlyMore() {
        for (var period : List.of(2, 3)) {
            var seen = new ArrayList<WeakReference<TraceBrief>>();
            var fold = new HistoryFold(50);
            var wanted = true;
            for (var i = 0; i < 100_000 && wanted; i++) {
                var trace = trace(i, OUTCOMES.get(i % period), null);
                seen.add(new WeakReference<>(trace));
                wanted = fold.add(TraceRun.of(trace));
            }

            System.gc();

            assertThat(seen).hasSize(period == 2 ? 100_000 : 52);
            assertThat(seen.stream().filter(trace -> trace.get() != null).count())
                    .isLessThanOrEqualTo(60);
            assertThat(fold.end()).hasSize(period == 2 ? 1 : 50);
            assertThat(fold.hasMore()).isEqualTo(period == 3);
        }
    }

    @Test
    void limit_lessThanOne_isRefused() {
        assertThatThrownBy(() -> new HistoryFold(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limit must be at least 1, but is 0");
    }
}
