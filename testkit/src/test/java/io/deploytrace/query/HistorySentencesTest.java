package io.deploytrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.testkit.GoldenFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link History#lines} says of each situation, one file for each. */
class HistorySentencesTest {

    private static final GoldenFiles GOLDEN = GoldenFiles.in(Path.of("src", "test", "resources", "golden"));
    private static final Instant NOW = Instant.parse("2026-03-02T17:30:00Z");

    private static void assertGolden(String name, History history) {
        GOLDEN.assertHolds("history-" + name + ".txt", String.join("\n", history.lines(NOW)) + "\n");
    }

    private static History of(HistoryLine... lines) {
        return new History("checkout-production", List.of(lines), null, null, null);
    }

    private static TraceBrief at(String time, String release, Outcome outcome, String cause, String message) {
        var start = Instant.parse("2026-03-" + time + ":00Z");
        return new TraceBrief(
                "t" + time,
                release,
                outcome,
                cause == null ? null : new Cause("s", null, cause, message),
                "v1:x",
                start,
                start,
                1);
    }

    private static HistoryLine line(TraceBrief newest, String since, long count) {
        return new HistoryLine(newest, at(since, newest.releaseId(), newest.outcome(), null, null), count, null);
    }

    private static HistoryLine once(TraceBrief trace) {
        return new HistoryLine(trace, trace, 1, null);
    }

    @Test
    void lines_ofADay_sayEachAnswerWithItsTimesAndHowOften() {
        assertGolden(
                "day",
                of(
                        once(at("02T17:25", "checkout@v5.3.5", Outcome.RUNNING, null, null)),
                        line(
                                at("02T17:10", "checkout@v5.3.5", Outcome.BLOCKED, "Approval Policy", "1 of 2"),
                                "02T09:00",
                                1_412),
                        once(at("02T08:40", "checkout@v5.3.4", Outcome.DEPLOYED, null, null)),
                        line(
                                at("02T08:30", "checkout@v5.3.4", Outcome.WAITING, "Deployment Window", "opens 08:35"),
                                "01T18:00",
                                58),
                        line(
                                at("01T17:59", "checkout@v5.3.4", Outcome.INELIGIBLE, "Target Health", "2 of 3 ready"),
                                "01T17:00",
                                6),
                        line(
                                at("01T16:30", "checkout@v5.3.4", Outcome.FAILED, "terraform apply", "exit code 1"),
                                "01T16:20",
                                2),
                        once(at("01T15:00", "checkout@v5.3.3", Outcome.SKIPPED, null, null)),
                        once(at("01T14:00", "checkout@v5.3.3", Outcome.FAILED, "Job: argo", null))));
    }

    @Test
    void lines_ofFlapping_sayHowOftenAndBetweenWhat() {
        var newest = at("02T12:00", "checkout@v5.3.5", Outcome.INELIGIBLE, "Target Health", "2 of 3 ready");
        var other = at("02T11:57", "checkout@v5.3.5", Outcome.DEPLOYED, null, null);
        var oldest = at("02T10:00", "checkout@v5.3.5", Outcome.INELIGIBLE, "Target Health", "1 of 3 ready");

        assertGolden("flapping", of(new HistoryLine(newest, oldest, 41, new HistoryLine.Flapping(38, other, 19))));
    }

    @Test
    void lines_ofFlappingBetweenTwoReleases_nameBoth() {
        var newest = at("02T12:00", "checkout@v5.3.5", Outcome.FAILED, "Check error rate", null);
        var other = at("02T11:57", "checkout@v5.3.4", Outcome.DEPLOYED, null, null);
        var oldest = at("01T10:00", "checkout@v5.3.5", Outcome.FAILED, "Check error rate", null);

        assertGolden(
                "flapping-releases", of(new HistoryLine(newest, oldest, 9, new HistoryLine.Flapping(8, other, 4))));
    }

    @Test
    void lines_withoutARelease_needNone() {
        assertGolden("no-release", of(line(at("02T17:10", null, Outcome.BLOCKED, "Freeze", null), "02T17:00", 3)));
    }

    @Test
    void lines_ofATargetThatWasNeverReconciled_sayWhatToCheck() {
        assertGolden("never-recorded", of());
        var absence = new NotOnRecord(List.of("checkout-production-us"), Duration.ofDays(30));
        assertGolden("expired", of().with(absence));
    }

    @Test
    void lines_ofARangeInWhichNothingWasRecorded_nameTheRange() {
        var since = Instant.parse("2026-03-02T10:00:00Z");
        var until = Instant.parse("2026-03-02T11:00:00Z");

        assertGolden("nothing-since", new History("checkout-production", List.of(), null, since, null));
        assertGolden("nothing-until", new History("checkout-production", List.of(), null, null, until));
        assertGolden(
                "nothing-since-expired",
                new History("checkout-production", List.of(), null, since, null)
                        .with(new NotOnRecord(List.of(), Duration.ofDays(30))));
        assertGolden("nothing-between", new History("checkout-production", List.of(), null, since, until));
    }

    @Test
    void lines_withTextsThatSteerATerminal_arePlain() {
        var evil = "x\u001b[31m\n";
        var history = new History(
                evil,
                List.of(once(at("02T17:10", evil, Outcome.FAILED, evil, evil + "y".repeat(9_999)))),
                null,
                null,
                null);

        assertThat(history.lines(NOW))
                .allMatch(line -> line.chars().noneMatch(Character::isISOControl) && line.length() < 1_000);
    }
}
