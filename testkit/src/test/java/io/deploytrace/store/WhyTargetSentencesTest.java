package io.deploytrace.store;

import static io.deploytrace.store.TargetStory.verdict;
import static io.deploytrace.vocabulary.Status.ALLOWED;
import static io.deploytrace.vocabulary.Status.BLOCKED;
import static io.deploytrace.vocabulary.Status.COMPLETED;
import static io.deploytrace.vocabulary.Status.FAILED;
import static io.deploytrace.vocabulary.Status.PENDING;
import static io.deploytrace.vocabulary.Status.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.Holder;
import io.deploytrace.query.TargetWhy;
import io.deploytrace.store.TargetStory.Verdict;
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.GoldenFiles;
import io.deploytrace.vocabulary.NodeType;
import io.deploytrace.vocabulary.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people read of why a release target is as it is, one file for each situation. */
class WhyTargetSentencesTest {

    private static final GoldenFiles GOLDEN = GoldenFiles.in(Path.of("src", "test", "resources", "golden"));
    private static final String TARGET = "checkout-production";
    private static final String OLD = "checkout@v5.3.4";
    private static final String NEW = "checkout@v5.3.5";
    private static final Duration SOON = Duration.ofMinutes(4);

    private final TargetStory story = new TargetStory();

    private static void assertReads(String name, List<String> lines) {
        assertThat(lines).hasSizeBetween(1, 6).noneMatch(String::isBlank);
        GOLDEN.assertHolds("why-target-" + name + ".txt", String.join("\n", lines) + "\n");
    }

    private void assertReads(String name) {
        assertReads(name, story.lines(TARGET, SOON));
    }

    private static Verdict approved() {
        return verdict("Approval Policy", ALLOWED, "Approved by alice", "required_approvals", 1, "approver", "alice");
    }

    private static Verdict notApproved(int required) {
        return verdict(
                "Approval Policy",
                BLOCKED,
                "1 of " + required + " approvals",
                "required_approvals",
                required,
                "approver",
                "bob");
    }

    private static Verdict health(boolean isHealthy) {
        return isHealthy
                ? verdict("Target Health", COMPLETED, "3 of 3 nodes are ready", "nodes_ready", 3)
                : verdict("Target Health", FAILED, "1 of 3 nodes are ready", "nodes_ready", 1);
    }

    private void times(int count, Runnable reconcile) {
        for (var i = 0; i < count; i++) {
            reconcile.run();
        }
    }

    @Test
    void neverReconciled() {
        assertReads("never");
    }

    @Test
    void neverReconciled_othersHaveASimilarName() {
        story.reconcile(TARGET, NEW, notApproved(2)).reconcile("checkout-production-us", NEW, notApproved(2));
        story.reconcile("checkout-staging", NEW).reconcile("search-production", NEW);
        assertReads("never-similar", story.lines("checkout-prodution", SOON));
    }

    @Test
    void neverReconciled_whereTracesAreRemoved() {
        var answer = TargetWhy.nothingRecorded(TARGET, Duration.ofDays(30), List.of());
        assertReads("never-retention", answer.lines(Fixtures.START));
    }

    @Test
    void theSameForLong_sinceItDeployed() {
        story.deploy(TARGET, OLD, "deploy-1", COMPLETED, approved());
        times(26, () -> story.reconcile(TARGET, NEW, notApproved(2)));
        assertReads("same");
    }

    @Test
    void theSameForLong_butNoReconcileComesAnyMore() {
        story.deploy(TARGET, OLD, "deploy-1", COMPLETED, approved());
        times(26, () -> story.reconcile(TARGET, NEW, notApproved(2)));
        assertReads("overdue", story.lines(TARGET, Duration.ofHours(3)));
    }

    @Test
    void policiesChanged_sinceItDeployed() {
        story.deploy(
                TARGET,
                OLD,
                "deploy-1",
                COMPLETED,
                approved(),
                verdict("Canary", ALLOWED, "0.1 % of requests fail"),
                verdict("Deployment Window", ALLOWED, "Always open", "window", "always"),
                health(true));
        story.reconcile(
                TARGET,
                NEW,
                notApproved(2),
                verdict("Deployment Window", PENDING, "Outside the window", "window", "18:00–20:00 UTC"),
                verdict("Change Freeze", ALLOWED, "No freeze is in force"));
        assertReads("changes");
    }

    @Test
    void failed_thoughPoliciesSayTheSame() {
        story.deploy(TARGET, OLD, "deploy-1", COMPLETED, approved(), health(true));
        story.deploy(TARGET, NEW, "deploy-2", COMPLETED, approved(), health(true))
                .pipeline("deploy-2", FAILED);
        assertReads("failed-pipeline");
    }

    @Test
    void blocked_afterAPipelineThatFailed() {
        story.deploy(TARGET, NEW, "deploy-1", COMPLETED, approved()).pipeline("deploy-1", FAILED);
        story.reconcile(TARGET, NEW, notApproved(2));
        assertReads("before-pipeline");
    }

    @Test
    void blockedByTheSame_whileSomethingElseCameInToo() {
        story.deploy(TARGET, OLD, "deploy-1", COMPLETED, approved());
        var open = verdict("Deployment Window", ALLOWED, "Open", "window", "08:00–18:00 UTC");
        var closed = verdict("Deployment Window", PENDING, "Closed", "window", "08:00–18:00 UTC");
        times(30, () -> story.reconcile(TARGET, NEW, notApproved(2), open));
        times(3, () -> story.reconcile(TARGET, NEW, notApproved(2), closed));
        assertThat(story.why(TARGET).streak().count()).isEqualTo(3);
        assertReads("same-cause");
    }

    @Test
    void noDeploymentThatSucceeded_amongAsManyAsAreLookedAt() {
        times(
                TargetWhy.MAXIMUM_DEPLOYED,
                () -> story.deploy(TARGET, OLD, "deploy-1", COMPLETED).pipeline("deploy-1", FAILED));
        story.reconcile(TARGET, NEW, notApproved(2));
        assertThat(story.why(TARGET).mayHaveDeployed()).isFalse();

        story.deploy(TARGET, OLD, "deploy-1", COMPLETED).pipeline("deploy-1", FAILED);
        story.reconcile(TARGET, NEW, notApproved(2));

        assertThat(story.why(TARGET).mayHaveDeployed()).isTrue();
        assertReads("may-have-deployed");
    }

    @Test
    void noReconcile_sinceATimeThatWasAskedAbout() {
        story.deploy(TARGET, OLD, "deploy-1", COMPLETED, approved());
        story.reconcile(TARGET, NEW, notApproved(2));
        var since = Fixtures.START.plus(Duration.ofHours(1));
        assertReads("nothing-since", story.why(TARGET, since).lines(since.plus(Duration.ofHours(2))));
    }

    @Test
    void running_afterOneThatWasBlocked() {
        story.reconcile(TARGET, NEW, notApproved(2)).deploy(TARGET, NEW, "deploy-2", RUNNING, approved());
        assertReads("running");
    }

    @Test
    void upToDate_nothingToDo() {
        story.deploy(TARGET, NEW, "deploy-1", COMPLETED, approved()).reconcile(TARGET, NEW);
        assertReads("up-to-date");
    }

    @Test
    void alreadyThere_whateverStoppedTheLastReconcile() {
        story.deploy(TARGET, NEW, "deploy-1", COMPLETED, approved());
        times(3, () -> story.reconcile(TARGET, NEW, approved(), verdict("Already Deployed", FAILED, "v5.3.5 is live")));
        assertReads("already-there");
        story.reconcile(TARGET, NEW, verdict("Deployment Window", PENDING, "Opens 18:00"));
        assertReads("already-there-window");
    }

    @Test
    void alreadyThere_butNoReconcileComesAnyMore() {
        story.deploy(TARGET, NEW, "deploy-1", COMPLETED, approved());
        story.reconcile(TARGET, NEW, verdict("Already Deployed", FAILED, "v5.3.5 is live"));
        var since = Fixtures.START.plus(Duration.ofHours(1));
        assertReads("already-there-nothing-since", story.why(TARGET, since).lines(since.plus(Duration.ofHours(2))));
    }

    @Test
    void notThere_afterAnotherReleaseFailedHalfWay() {
        story.deploy(TARGET, OLD, "deploy-1", COMPLETED, approved());
        story.deploy(TARGET, NEW, "deploy-2", FAILED, approved());
        story.reconcile(TARGET, OLD, notApproved(2));
        assertThat(story.why(TARGET).isThere()).isFalse();
        assertReads("back-after-failure");
        story.deploy(TARGET, OLD, "deploy-3", COMPLETED, approved()).pipeline("deploy-3", FAILED);
        story.reconcile(TARGET, OLD, notApproved(2));
        assertThat(story.why(TARGET).isThere()).isFalse();
    }

    @Test
    void deployed() {
        story.deploy(TARGET, NEW, "deploy-1", COMPLETED, approved());
        assertReads("deployed");
    }

    @Test
    void flapping_aCheckComesAndGoes() {
        for (var isHealthy : List.of(true, false, true, true, false, false, true, false, true, false)) {
            if (isHealthy) {
                story.deploy(TARGET, NEW, "deploy-1", FAILED, approved(), health(true));
            } else {
                story.reconcile(TARGET, NEW, approved(), health(false));
            }
        }
        assertReads("flapping");
    }

    @Test
    void waitingForSlots_saysWhatIsKnownOfThoseWhoHoldThem() {
        story.deploy("search-production", "search@v2", "deploy-search-12", RUNNING);
        times(20, () -> story.reconcile("other", "x"));
        story.deploy("billing-production", "billing@v4", "deploy-billing-7", RUNNING);
        times(2, () -> story.reconcile(TARGET, NEW, slots("deploy-search-12", "deploy-billing-7")));
        assertReads("slots-held");
        assertThat(story.why(TARGET).holders())
                .extracting(Holder::traceId)
                .containsExactly(
                        story.why("search-production").why().summary().traceId(),
                        story.why("billing-production").why().summary().traceId());
    }

    @Test
    void waitingForASlot_thatAJobHoldsWhichEnded() {
        story.deploy("search-production", "search@v2", "deploy-search-12", FAILED);
        story.reconcile(TARGET, NEW, slots("deploy-search-12", "deploy-of-another-team"));
        assertReads("slot-held-by-ended");
    }

    @Test
    void waiting_forSomeoneToAct() {
        story.reconcile(
                TARGET,
                NEW,
                verdict("Manual Approval", PENDING, "Waiting for sign-off", "cleared_by", "group release-managers"));
        assertReads("sign-off");
    }

    @Test
    void waiting_forWhatNobodySaysWhenItClears() {
        story.reconcile(TARGET, NEW, verdict("Soak Time", PENDING, "12 of 30 minutes"));
        assertReads("soak");
    }

    @Test
    void blocked_byWhatOneJobHolds() {
        story.deploy("search-production", "search@v2", "deploy-7", RUNNING);
        story.reconcile(TARGET, NEW, verdict("State Lock", BLOCKED, "Locked", "held_by", "deploy-7"));
        assertReads("held");
    }

    @Test
    void blocked_byADecisionWithoutAPolicy() {
        var trace = story.fixtures().trace(TargetStory.WORKSPACE).target(TARGET).release(NEW);
        trace.add(trace.root(COMPLETED), "Nothing to roll out", Phase.ELIGIBILITY, NodeType.DECISION, FAILED);
        story.write(trace.spans());
        assertReads("decision");
    }

    private static Verdict slots(String... holders) {
        return verdict(
                "Concurrency Limit",
                PENDING,
                "Too many deployments at once",
                "limit",
                holders.length,
                "running",
                holders.length,
                "held_by",
                List.of(holders));
    }

    @Test
    void retention_mayHaveRemovedWhatCameBefore() {
        times(3, () -> story.reconcile(TARGET, NEW, notApproved(2)));
        var known = story.why(TARGET);
        var answer = new TargetWhy(
                TARGET,
                known.why(),
                known.since(),
                known.streak(),
                null,
                null,
                false,
                false,
                null,
                null,
                List.of(),
                null,
                Duration.ofMinutes(3),
                List.of());
        assertReads("retention", answer.lines(Instant.parse("2026-03-01T10:03:00Z")));
    }
}
