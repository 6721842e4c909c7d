package io.deploytrace.query;

import io.deploytrace.span.Span;
import io.deploytrace.vocabulary.NodeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts an answer into at most six lines: names, numbers, what to do next. */
final class Sentences {

    private static final int MAXIMUM_LINES = 6;

    /** The word for the outcome, with which a headline begins. */
    private static final String WORD_FIRST = "^[A-Z][a-z ]+: ";

    private final Instant now;
    private final BlockerSentences blockers;
    private final StreakSentences streaks;
    private final DoubtSentences doubts;

    Sentences(Instant now) {
        this.now = now;
        this.blockers = new BlockerSentences(now);
        this.streaks = new StreakSentences(now);
        this.doubts = new DoubtSentences(now);
    }

    List<String> of(Why why) {
        var past = new PastSentences(now, blockers);
        var lines = new ArrayList<String>();
        lines.add(why.outcome().gotGoing() ? headline(why, why.summary().startTime()) : past.headline(why));
        if (why.cause() == null) {
            lines.add(doubts.underWay(why));
        } else {
            lines.addAll(past.blockers(why));
        }
        lines.add(doubts.of(why));
        lines.add(doubts.mayBeOver(why) ? past.ask(why) : "");
        return few(lines);
    }

    List<String> of(TargetWhy target) {
        var why = target.why();
        var since = target.since();
        if (why == null || since == null) {
            return AbsenceSentences.ofTarget(
                    target.releaseTargetKey(), new NotOnRecord(target.similar(), target.retention()));
        }
        var lines = new ArrayList<String>();
        addHeadline(lines, target.isThere() ? streaks.there(why, target) : headline(why, since), why, target);
        if (target.isThere()) {
            lines.add(why.cause() == null ? "" : blockers.said(why.cause()));
        } else {
            addBlockers(lines, why, target.holders());
        }
        lines.add(streaks.same(why, target));
        lines.add(target.isThere() ? "" : streaks.lastDeployed(why, target));
        lines.add(doubts.of(why));
        return few(lines);
    }

    private void addHeadline(List<String> lines, String headline, Why why, TargetWhy target) {
        if (target.nothingSince() == null) {
            lines.add(headline);
        } else {
            lines.add(new AbsenceSentences(now).nothingSince(target, why));
            lines.add("The answer then: " + headline.replaceFirst(WORD_FIRST, ""));
        }
    }

    private void addBlockers(List<String> lines, Why why, List<Holder> holders) {
        if (why.cause() == null) {
            lines.add(doubts.underWay(why));
            return;
        }
        lines.add(blockers.message(why.cause(), why.cause().remedy()));
        lines.add(blockers.remedy(why, holders));
        lines.add(blockers.others(why));
    }

    /** Without those that are empty; the last ones on one line, if they are too many. */
    private static List<String> few(List<String> lines) {
        var kept = new ArrayList<String>();
        for (var line : lines) {
            if (line.isEmpty()) {
                continue;
            }
            if (kept.size() < MAXIMUM_LINES) {
                kept.add(line);
            } else {
                kept.set(MAXIMUM_LINES - 1, kept.get(MAXIMUM_LINES - 1) + " " + line);
            }
        }
        return List.copyOf(kept);
    }

    private String headline(Why why, Instant since) {
        var summary = why.summary();
        var what = StateWords.release(summary.releaseId());
        var span = Spoken.duration(since, now);
        var cause = cause(why);
        return switch (why.outcome()) {
            case BLOCKED -> "Not deployed: " + what + " has been blocked by " + cause + " for " + span + ".";
            case WAITING -> "Not deployed: " + what + " has been waiting for " + cause + " for " + span + ".";
            case INELIGIBLE ->
                "Not deployed: " + what + " has been ineligible for " + span + ", because of " + cause + ".";
            case FAILED ->
                "Failed: " + what + " failed at " + cause + (cause.contains(", in ") ? ", " : " ")
                        + ago(why.lastActivity()) + ".";
            case DEPLOYED -> "Deployed: " + what + to(summary) + " " + ago(why.lastActivity()) + ".";
            case RUNNING ->
                "Running: " + what + " has been worked on for " + Spoken.duration(summary.startTime(), now) + ".";
            case SKIPPED ->
                "Not deployed: nothing was against " + what
                        + ", but no job was triggered. Look at what its controller does" + " after its checks.";
        };
    }

    /** What decided it, and in which job; empty when nothing did. */
    static String cause(Why why) {
        var cause = why.cause();
        if (cause == null) {
            return "";
        }
        var name = Spoken.line(cause.name());
        return Step.of(cause.span()).is(NodeType.DECISION)
                ? "the decision \"" + name + "\""
                : name + within(cause.within());
    }

    private String ago(Instant time) {
        return Spoken.duration(time, now) + " ago";
    }

    /** {@code , in Job: github-action (deploy-7)}: the job in whose own trace it lies; of several, the innermost and the outermost. */
    static String within(List<Span> within) {
        if (within.isEmpty()) {
            return "";
        }
        var innermost = named(within.get(within.size() - 1));
        return ", in " + (within.size() == 1 ? innermost : innermost + " of " + named(within.get(0)));
    }

    /** The name of a step; with the id of a job, by which people find it elsewhere. */
    static String named(Span span) {
        var job = Step.of(span).isJob() ? span.jobId() : null;
        return Spoken.line(span.name()) + (job == null ? "" : " (" + Spoken.line(job) + ")");
    }

    private static String to(TraceSummary summary) {
        return summary.releaseTargetKey() == null ? "" : " went to " + Spoken.line(summary.releaseTargetKey());
    }

    /** Without those that are empty, as one line. */
    static String joined(@Nullable String... sentences) {
        var kept = new ArrayList<String>();
        for (var sentence : sentences) {
            if (sentence != null && !sentence.isEmpty()) {
                kept.add(sentence);
            }
        }
        return String.join(" ", kept);
    }
}
