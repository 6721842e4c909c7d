package io.deploytrace.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.testkit.GoldenFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link Fanout#lines} says of each situation, one file for each. */
class FanoutSentencesTest {

    private static final GoldenFiles GOLDEN = GoldenFiles.in(Path.of("src", "test", "resources", "golden"));
    private static final Instant NOW = Instant.parse("2026-03-02T17:30:00Z");

    private static void assertGolden(String name, Fanout fanout) {
        GOLDEN.assertHolds("fanout-" + name + ".txt", String.join("\n", fanout.lines(NOW)) + "\n");
    }

    private static FanoutTarget target(String key, Outcome outcome, String cause, String message, String movedOn) {
        var since = Instant.parse("2026-03-02T09:00:00Z").plusSeconds(60L * key.length());
        var latest = new TraceBrief(
                "t",
                "checkout@v5.3.5",
                outcome,
                cause == null ? null : new Cause("s", null, cause, message),
                "v1:x",
                since,
                since,
                1);
        var deployed = new TraceBrief("u", movedOn, Outcome.DEPLOYED, null, "v1:x", since, since, 1);
        return movedOn == null
                ? new FanoutTarget(key, latest, since, null, "checkout@v5.3.5")
                : new FanoutTarget(key, latest, since, deployed, movedOn);
    }

    private static FanoutTarget tried(FanoutTarget target, String release) {
        return new FanoutTarget(
                target.releaseTargetKey(), target.latest(), target.since(), target.lastDeployed(), release);
    }

    @Test
    void lines_ofARollOut_groupTheTargetsByWhatStandsInTheWay() {
        var targets = new ArrayList<FanoutTarget>();
        targets.add(target("checkout-development", Outcome.DEPLOYED, null, null, "checkout@v5.3.6"));
        targets.add(target("checkout-production", Outcome.BLOCKED, "Approval Policy", "1 of 2 approvals", null));
        targets.add(target("checkout-production-us", Outcome.BLOCKED, "Approval Policy", "1 of 2 approvals", null));
        targets.add(target("checkout-qa", Outcome.FAILED, "terraform apply", "exit code 1", null));
        targets.add(target("checkout-sandbox", Outcome.WAITING, "Deployment Window", "opens 18:00", null));
        targets.add(target("checkout-staging", Outcome.DEPLOYED, null, null, null));
        targets.add(target("checkout-test", Outcome.RUNNING, null, null, null));
        targets.add(tried(target("checkout-test-2", Outcome.DEPLOYED, null, null, null), "checkout@v5.3.6"));

        assertGolden("rollout", Fanout.of("checkout@v5.3.5", targets, false));
    }

    @Test
    void lines_whereTheNewestTracesAreOfAnotherRelease_dontSendToWhyWhichAnswersAboutThat() {
        var blocked = target("checkout-production", Outcome.BLOCKED, "Approval Policy", "1 of 2", null);

        assertGolden("tried", Fanout.of("checkout@v5.3.5", List.of(tried(blocked, "checkout@v5.3.6")), false));
    }

    @Test
    void lines_ofVeryManyTargets_nameTheFirstAndSayThatThereAreMore() {
        var targets = new ArrayList<FanoutTarget>();
        for (var i = 0; i < 1_200; i++) {
            targets.add(target("edge-%04d".formatted(i), Outcome.INELIGIBLE, "Target Health", i + " of 3 ready", "v9"));
        }

        assertGolden("many", Fanout.of("checkout@v5.3.5", targets, true));
    }

    @Test
    void lines_ofAReleaseThatIsEverywhere_areShort() {
        assertGolden(
                "everywhere",
                Fanout.of(
                        "checkout@v5.3.5",
                        List.of(target("checkout-production", Outcome.DEPLOYED, null, null, null)),
                        false));
    }

    @Test
    void lines_ofAReleaseThatNobodyKnows_sayWhatToCheck() {
        var nothing = Fanout.of("checkout@v5.3.55", List.of(), false);
        assertGolden("never-recorded", nothing);
        assertGolden("expired", nothing.with(new NotOnRecord(List.of(), Duration.ofDays(30))));
    }

    @Test
    void lines_withTextsThatSteerATerminal_arePlain() {
        var evil = "x\u001b[31m\n";
        var fanout =
                Fanout.of(evil, List.of(target(evil, Outcome.FAILED, evil, evil + "y".repeat(9_999), evil)), false);

        assertThat(fanout.lines(NOW))
                .allMatch(line -> line.chars().noneMatch(Character::isISOControl) && line.length() < 1_000);
    }
}
