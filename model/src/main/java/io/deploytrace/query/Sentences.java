package io.deploytrace.query;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts an answer into at most six lines: names, numbers, what to do next. */
final class Sentences {

    private static final Duration SILENCE = Duration.ofMinutes(15);
    private static final int NAMED_BLOCKERS = 3;

    private final Instant now;

    Sentences(Instant now) {
        this.now = now;
    }

    List<String> of(Why why) {
        return withoutBlanks(headline(why, null), message(why), remedy(why), others(why), doubt(why));
    }

    List<String> of(TargetWhy target) {
        var why = target.why();
        if (why == null) {
            return List.of(
                    "No reconcile of " + Spoken.line(target.releaseTargetKey()) + " was ever recorded.",
                    "Check the name of the release target, and that its controller records to this database.");
        }
        var absence = target.nothingSince();
        if (absence == null) {
            return withoutBlanks(
                    headline(why, target.streak()),
                    message(why),
                    remedy(why),
                    others(why),
                    history(why, target),
                    doubt(why));
        }
        return withoutBlanks(
                "No reconcile of " + Spoken.line(target.releaseTargetKey()) + " was recorded since "
                        + Spoken.time(absence, now) + "; the last began "
                        + Spoken.duration(why.summary().startTime(), now) + " ago.",
                "Then: " + headline(why, target.streak()),
                message(why),
                remedy(why),
                others(why),
                history(why, target));
    }

    private static List<String> withoutBlanks(String... lines) {
        var kept = new ArrayList<String>();
        for (var line : lines) {
            if (!line.isEmpty()) {
                kept.add(line);
            }
        }
        return List.copyOf(kept);
    }

    private String headline(Why why, @Nullable Streak streak) {
        var summary = why.summary();
        var what = summary.releaseId() == null ? "the release" : Spoken.line(summary.releaseId());
        var begun = streak == null ? summary.startTime() : streak.since();
        var span = Spoken.duration(begun, now);
        var cause = why.cause() == null ? "" : Spoken.line(why.cause().name());
        return switch (why.outcome()) {
            case BLOCKED -> "Not deployed: " + what + " is blocked by " + cause + " for " + span + ".";
            case WAITING -> "Not deployed: " + what + " has been waiting for " + cause + " for " + span + ".";
            case INELIGIBLE ->
                "Not deployed: " + what + " has been ineligible for " + span + ", because of " + cause + ".";
            case FAILED -> "Failed: " + what + " failed at " + cause + " " + ago(why.lastActivity()) + ".";
            case DEPLOYED -> "Deployed: " + what + to(summary) + " " + ago(why.lastActivity()) + ".";
            case RUNNING ->
                "Running: " + what + " is being worked on for " + Spoken.duration(summary.startTime(), now) + ".";
            case SKIPPED -> "Not deployed: nothing was against " + what + ", but no job was triggered.";
        };
    }

    private String ago(Instant time) {
        return Spoken.duration(time, now) + " ago";
    }

    private static String to(TraceSummary summary) {
        return summary.releaseTargetKey() == null ? "" : " went to " + Spoken.line(summary.releaseTargetKey());
    }

    /** Left out where the remedy says as much. */
    private static String message(Why why) {
        var cause = why.cause();
        return cause == null || cause.message() == null || Spoken.repeats(cause.remedy(), cause.message())
                ? ""
                : "It says: " + Spoken.sentence(cause.message());
    }

    private String remedy(Why why) {
        var cause = why.cause();
        if (cause == null) {
            return silence(why);
        }
        var next = why.nextEvaluation();
        return cause.remedy() + (next == null ? "" : " " + next(next));
    }

    private String next(Instant next) {
        return next.isAfter(now)
                ? "Next evaluation " + Spoken.time(next, now) + ", in " + Spoken.duration(now, next) + "."
                : "An evaluation was due " + Spoken.time(next, now) + ", " + ago(next) + ".";
    }

    private String silence(Why why) {
        var quiet = why.outcome() == Outcome.RUNNING
                && why.lastActivity().plus(SILENCE).isBefore(now);
        return quiet
                ? "Nothing was recorded for " + Spoken.duration(why.lastActivity(), now)
                        + ": the controller or the job may have died. Look at it, and reconcile again."
                : "";
    }

    private static String others(Why why) {
        var others = why.blockers().stream().skip(1).toList();
        if (why.blockers().isEmpty() || (others.isEmpty() && why.outcome() == Outcome.FAILED)) {
            return "";
        }
        if (others.isEmpty()) {
            return "Nothing else stands in the way.";
        }
        var named = others.stream()
                .limit(NAMED_BLOCKERS)
                .map(blocker ->
                        Spoken.line(blocker.name()) + " (" + blocker.outcome().value() + ")")
                .collect(Collectors.joining(", "));
        var rest = others.size() - NAMED_BLOCKERS;
        return "Also in the way: " + named + (rest > 0 ? " and " + rest + " more." : ".");
    }

    private String history(Why why, TargetWhy target) {
        return String.join(" ", withoutBlanks(same(why, target), before(why, target), lastDeployed(why, target)));
    }

    private String same(Why why, TargetWhy target) {
        var streak = target.streak();
        if (streak == null || streak.count() < 2 || why.outcome() == Outcome.RUNNING) {
            return "";
        }
        return "The same answer " + streak.count() + (streak.more() ? " times or more" : " times") + " since "
                + Spoken.time(streak.since(), now) + ".";
    }

    private static String before(Why why, TargetWhy target) {
        var before = target.before();
        if (before == null || why.outcome() != Outcome.RUNNING) {
            return "";
        }
        var cause = before.cause();
        return "The one before: " + before.outcome().value()
                + (cause == null ? "." : " by " + Spoken.line(cause.name()) + ".");
    }

    private String lastDeployed(Why why, TargetWhy target) {
        var last = target.lastDeployed();
        if (why.outcome() == Outcome.DEPLOYED) {
            return "";
        }
        if (last == null) {
            return "Nothing was ever deployed there.";
        }
        var what = last.releaseId() == null ? "" : Spoken.line(last.releaseId()) + ", ";
        return "Last deployed: " + what + ago(last.startTime()) + ".";
    }

    private static String doubt(Why why) {
        return why.completeness() == Completeness.PARTIAL
                ? "Spans of this trace are missing, so this may not be all."
                : "";
    }
}
