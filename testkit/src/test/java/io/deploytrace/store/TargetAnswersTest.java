package io.deploytrace.store;

import static io.deploytrace.store.TargetStory.WORKSPACE;
import static io.deploytrace.store.TargetStory.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.query.Flapping;
import io.deploytrace.query.Outcome;
import io.deploytrace.query.Streak;
import io.deploytrace.query.TargetWhy;
import io.deploytrace.query.TraceBrief;
import io.deploytrace.query.TraceSummary;
import io.deploytrace.query.Why;
import io.deploytrace.span.Span;
import io.deploytrace.store.TargetStory.Verdict;
import io.deploytrace.vocabulary.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The answer about a release target agrees with one that is computed from everything that was ever written. */
class TargetAnswersTest {

    private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(5));
    private static final List<String> TARGETS = List.of("api-production", "api-staging");

    private final Random random = new Random(7);

    @Test
    void whyTarget_ofGeneratedHistories_isThatOfThePlainRules() {
        var outcomes = EnumSet.noneOf(Outcome.class);
        var flapping = 0;
        for (var i = 0; i < 150; i++) {
            var story = new TargetStory();
            var length = 1 + random.nextInt(45);
            for (var j = 0; j < length; j++) {
                addTo(story);
            }
            for (var target : TARGETS) {
                var answer = story.why(target);
                assertAgrees(story, target, answer);
                outcomes.add(
                        answer.why() == null ? Outcome.RUNNING : answer.why().outcome());
                flapping += answer.flapping() == null ? 0 : 1;
            }
        }
        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.values());
        assertThat(flapping).isGreaterThan(5);
    }

    private void addTo(TargetStory story) {
        var target = TARGETS.get(random.nextInt(4) / 3);
        var release = "v" + random.nextInt(12) / 11;
        var healthy = verdict("Health", random.nextBoolean() ? Status.COMPLETED : Status.FAILED, "so it is");
        switch (random.nextInt(9)) {
            case 0 -> story.reconcile(target, release, verdict("Approval", Status.BLOCKED, "none"));
            case 1 -> story.reconcile(target, release, verdict("Window", Status.PENDING, "closed"));
            case 2 -> story.reconcile(target, release);
            case 3 -> story.deploy(target, release, "job-1", Status.COMPLETED, verdicts());
            case 4 ->
                story.deploy(target, release, "job-2", Status.COMPLETED)
                        .pipeline("job-2", random.nextBoolean() ? Status.FAILED : Status.COMPLETED);
            case 5 -> story.deploy(target, release, "job-3", random.nextBoolean() ? Status.FAILED : Status.RUNNING);
            default -> story.reconcile(target, release, verdict("Approval", Status.ALLOWED, "two"), healthy);
        }
    }

    /** Those of a reconcile that may deploy: some of them, always in one order. */
    private Verdict[] verdicts() {
        return Stream.of(
                        verdict("Approval", Status.ALLOWED, "two"),
                        verdict("Window", Status.ALLOWED, "open"),
                        verdict("Health", Status.COMPLETED, "so it is"))
                .filter(verdict -> random.nextBoolean())
                .toArray(Verdict[]::new);
    }

    /** One trace with those linked to it. */
    private record Whole(TraceSummary summary, List<Span> spans) {

        Why why() {
            return Why.of(spans);
        }

        /** The summary with outcome and cause of the whole. */
        TraceSummary overall() {
            var cause = why().cause();
            var first = cause == null ? null : cause.span();
            return summary.with(TraceBrief.of(summary, summary.startTime()).with(why().outcome(), first));
        }
    }

    /** Every trace of the target that is linked to none, newest first. */
    private static List<Whole> everything(TargetStory story, String target) {
        var all = story.store
                .traces(WORKSPACE, TraceFilter.ALL, PageRequest.first(1_000), DEADLINE)
                .items();
        return all.stream()
                .sorted(Comparator.comparing(StoredTrace::createdAt).reversed())
                .filter(trace -> target.equals(trace.summary().releaseTargetKey()))
                .map(trace -> new Whole(
                        trace.summary(),
                        story.store.traceWithLinked(WORKSPACE, trace.summary().traceId(), DEADLINE)))
                .toList();
    }

    private static void assertAgrees(TargetStory story, String target, TargetWhy answer) {
        var all = everything(story, target);
        if (all.isEmpty()) {
            assertThat(answer.why()).isNull();
            return;
        }
        var newest = all.get(0);
        var same = all.stream()
                .takeWhile(each -> isSame(newest, each))
                .map(Whole::summary)
                .toList();
        assertThat(answer.why()).isEqualTo(newest.why());
        if (same.size() < 20) {
            assertThat(answer.since()).isEqualTo(since(all, same));
            assertThat(answer.streak()).isEqualTo(new Streak(earliest(same), same.size(), false));
            assertThat(answer.before())
                    .isEqualTo(
                            same.size() == all.size()
                                    ? null
                                    : all.get(same.size()).overall());
        }
        assertThat(answer.lastDeployed())
                .isEqualTo(all.stream()
                        .filter(each -> each.why().outcome() == Outcome.DEPLOYED)
                        .map(Whole::summary)
                        .findFirst()
                        .orElse(null));
        assertThat(answer.flapping()).isEqualTo(flapping(all, newest));
        assertThat(changes(answer)).isEqualTo(changes(all, newest));
    }

    private static Set<String> changes(TargetWhy answer) {
        return answer.changes() == null
                ? null
                : answer.changes().stream()
                        .map(change -> change.latest().span().name() + " "
                                + change.change().value())
                        .collect(Collectors.toSet());
    }

    /** What policies and checks, which have names of their own here, say otherwise than in the trace that deployed last. */
    private static Set<String> changes(List<Whole> all, Whole newest) {
        var deployed = all.stream()
                .filter(each -> each.why().outcome() == Outcome.DEPLOYED)
                .findFirst();
        if (deployed.isEmpty()
                || newest.why().outcome() == Outcome.DEPLOYED
                || newest.why().outcome() == Outcome.RUNNING) {
            return null;
        }
        var then = verdicts(deployed.get());
        var now = verdicts(newest);
        var phases = now.values().stream().map(Span::phase).toList();
        var changes = new HashSet<String>();
        then.forEach((name, span) -> {
            if (!now.containsKey(name) && phases.contains(span.phase())) {
                changes.add(name + " vanished");
            }
        });
        now.forEach((name, span) -> {
            if (!then.containsKey(name)) {
                changes.add(name + " appeared");
            } else if (!Objects.equals(then.get(name).status(), span.status())) {
                changes.add(name + " flipped");
            }
        });
        return changes;
    }

    private static Map<String, Span> verdicts(Whole trace) {
        return trace.spans().stream()
                .filter(span -> "evaluation check".contains(String.valueOf(span.nodeType())))
                .collect(Collectors.toMap(Span::name, span -> span));
    }

    private static boolean isSame(Whole newest, Whole other) {
        return newest.summary().fingerprint().equals(other.summary().fingerprint())
                && Objects.equals(newest.summary().releaseId(), other.summary().releaseId())
                && newest.why().outcome() == other.why().outcome();
    }

    /** The start of the oldest of those that say the same or, where no job began, that the same stood in the way of. */
    private static Instant since(List<Whole> all, List<TraceSummary> same) {
        var newest = all.get(0);
        var jobBegan = EnumSet.of(Outcome.DEPLOYED, Outcome.RUNNING, Outcome.FAILED)
                .contains(newest.summary().outcome());
        var alike = all.stream()
                .map(Whole::summary)
                .takeWhile(
                        each -> same.contains(each) || (!jobBegan && state(each).equals(state(newest.summary()))))
                .toList();
        return earliest(alike);
    }

    private static List<String> state(TraceSummary trace) {
        var cause = trace.cause() == null ? "" : trace.cause().name();
        return List.of(trace.outcome().value(), String.valueOf(trace.releaseId()), cause);
    }

    private static Instant earliest(List<TraceSummary> traces) {
        return traces.stream()
                .map(TraceSummary::startTime)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Written down time by time: how often the step passed of the last ten, if it changed three times and more. */
    private static Flapping flapping(List<Whole> all, Whole newest) {
        var cause = newest.why().cause();
        if (cause == null || changesOfAnswer(all, newest) < 3) {
            return null;
        }
        var verdicts = new ArrayList<String>();
        for (var trace : all) {
            for (var span : trace.spans()) {
                if (span.name().equals(cause.name())
                        && Objects.equals(span.nodeType(), cause.span().nodeType())
                        && Objects.equals(span.releaseId(), cause.span().releaseId())
                        && !span.isOpen()
                        && verdicts.size() < 10) {
                    verdicts.add("allowed completed".contains(String.valueOf(span.status())) ? "passed" : "stood");
                }
            }
        }
        var count = 0;
        for (var i = 1; i < verdicts.size(); i++) {
            count += verdicts.get(i).equals(verdicts.get(i - 1)) ? 0 : 1;
        }
        var passed = (int) verdicts.stream().filter("passed"::equals).count();
        return count < 3 ? null : new Flapping(passed, verdicts.size());
    }

    /** How often the answer changed among the newest twenty traces, of the newest one's release. */
    private static int changesOfAnswer(List<Whole> all, Whole newest) {
        var fingerprints = all.stream()
                .limit(20)
                .map(Whole::summary)
                .filter(trace ->
                        Objects.equals(trace.releaseId(), newest.summary().releaseId()))
                .map(TraceSummary::fingerprint)
                .toList();
        var changes = 0;
        for (var i = 1; i < fingerprints.size(); i++) {
            changes += fingerprints.get(i).equals(fingerprints.get(i - 1)) ? 0 : 1;
        }
        return changes;
    }
}
