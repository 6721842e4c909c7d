package io.deploytrace.query;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says since when the answer for a release target is the same, what it was before, and what changed since it last deployed. */
final class StreakSentences {

    /** So many intervals without a reconcile are called out, and so many reconciles it takes to know the interval. */
    private static final int MANY = 5;

    private static final int ENOUGH = 3;

    private final Instant now;

    StreakSentences(Instant now) {
        this.now = now;
    }

    /** That the release is there, and what became of the last reconcile of it. */
    String there(Why why, TargetWhy target) {
        var last = Objects.requireNonNull(target.lastDeployed());
        var deployed = StateWords.release(last.releaseId()) + " was deployed " + ago(last.startTime());
        var reconcile = "the last reconcile, " + ago(why.summary().startTime()) + ", ";
        return why.cause() == null
                ? "Nothing to do: " + deployed + ", and " + reconcile + "found nothing against it and triggered no job."
                : "Already there: " + deployed + "; " + reconcile + "was stopped by "
                        + Spoken.line(why.cause().name()) + ".";
    }

    /** Whether it comes and goes, how often the answer was the same, and what it was before. */
    String same(Why why, TargetWhy target) {
        var streak = Objects.requireNonNull(target.streak());
        if (why.outcome() == Outcome.RUNNING) {
            return before(target, "The reconcile before: ");
        }
        var isNews = isSameRelease(why, target.before()) && !isSameState(why, target.before());
        var before = isNews ? before(target, "Before that: ") : "";
        return Sentences.joined(flaps(why, target), streak.count() < 2 ? "" : counted(why, target, streak), before);
    }

    private String counted(Why why, TargetWhy target, Streak streak) {
        var atLeast = streak.more() || isOlderUnknown(why, target) ? " times or more since " : " times since ";
        var last = isOverdue(why, streak)
                ? overdue(why, streak)
                : ", the last " + ago(why.summary().startTime()) + ".";
        return "The same answer " + streak.count() + atLeast + Spoken.time(streak.since(), now) + last;
    }

    private static boolean isSameRelease(Why why, @Nullable TraceSummary before) {
        return before != null
                && Objects.equals(before.releaseId(), why.summary().releaseId());
    }

    /** Whether another answer came to the same because of the same: that is no news. */
    private static boolean isSameState(Why why, @Nullable TraceSummary before) {
        return before != null && words(before).equals(StateWords.of(why));
    }

    private static String words(TraceSummary trace) {
        var cause = trace.cause();
        return StateWords.of(trace.outcome(), cause == null ? null : cause.name());
    }

    private static String flaps(Why why, TargetWhy target) {
        var flapping = target.flapping();
        var cause = why.cause();
        return flapping == null || cause == null
                ? ""
                : Spoken.line(cause.name()) + " comes and goes: it passed " + flapping.passed() + " of the last "
                        + flapping.times() + " times.";
    }

    /** What came before the oldest of them may have been removed. */
    private boolean isOlderUnknown(Why why, TargetWhy target) {
        var streak = Objects.requireNonNull(target.streak());
        var retention = target.retention();
        return target.before() == null
                && retention != null
                && streak.since().minus(interval(why, streak)).isBefore(now.minus(retention));
    }

    private static Duration interval(Why why, Streak streak) {
        return Duration.between(streak.since(), why.summary().startTime()).dividedBy(Math.max(1, streak.count() - 1));
    }

    /** Reconciles came regularly, no next one was announced for later, and then none came for long. */
    private boolean isOverdue(Why why, Streak streak) {
        var next = why.nextEvaluation();
        var silence = Duration.between(why.summary().startTime(), now);
        return streak.count() >= ENOUGH
                && why.cause() != null
                && (next == null || next.isBefore(now))
                && silence.compareTo(DoubtSentences.SILENCE) > 0
                && silence.compareTo(interval(why, streak).multipliedBy(MANY)) > 0;
    }

    private String overdue(Why why, Streak streak) {
        return ", then no reconcile for " + Spoken.duration(why.summary().startTime(), now) + " after one every "
                + Spoken.duration(interval(why, streak)) + ": is its controller running?";
    }

    /** What the answer was before; a deployment is told elsewhere. */
    private static String before(TargetWhy target, String start) {
        var before = target.before();
        if (before == null || before.outcome() == Outcome.DEPLOYED) {
            return "";
        }
        var cause = before.cause();
        var message = before.outcome() == Outcome.FAILED && cause != null ? cause.message() : null;
        return start + words(before) + (message == null || message.isBlank() ? "." : ": " + Spoken.sentence(message));
    }

    /** The last deployment, and what policies and checks say otherwise since then. */
    String lastDeployed(Why why, TargetWhy target) {
        var last = target.lastDeployed();
        if (why.outcome() == Outcome.DEPLOYED) {
            return "";
        }
        if (target.mayHaveDeployed()) {
            return "None of the newest " + TargetWhy.MAXIMUM_DEPLOYED
                    + " deployments there succeeded, what their jobs recorded included; older ones weren't looked at.";
        }
        if (last == null) {
            var retention = target.retention();
            return "No deployment there is on record"
                    + (retention == null ? "." : "; records are kept for " + Spoken.duration(retention) + ".");
        }
        var what = last.releaseId() == null ? "" : Spoken.line(last.releaseId()) + ", ";
        return Sentences.joined("Last deployed: " + what + ago(last.startTime()) + ".", changed(why, target));
    }

    private static String changed(Why why, TargetWhy target) {
        var changes = target.changes();
        if (changes == null) {
            return "";
        }
        if (!changes.isEmpty()) {
            return ChangeSentences.since(changes, why);
        }
        return why.outcome() == Outcome.FAILED ? "Policies and checks say the same as then." : "";
    }

    private String ago(Instant time) {
        return Spoken.duration(time, now) + " ago";
    }
}
