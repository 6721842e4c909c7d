package io.deploytrace.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Says what stood in the way of one trace, of which newer ones may have become something else: as it was then. */
final class PastSentences {

    private final Instant now;
    private final BlockerSentences blockers;

    PastSentences(Instant now, BlockerSentences blockers) {
        this.now = now;
        this.blockers = blockers;
    }

    /** What became of one in which no job began. */
    String headline(Why why) {
        var what = StateWords.release(why.summary().releaseId());
        var cause = Sentences.cause(why);
        var ago = Spoken.duration(why.summary().startTime(), now) + " ago";
        return switch (why.outcome()) {
            case BLOCKED -> "Not deployed: " + what + " was blocked by " + cause + " " + ago + ".";
            case WAITING -> "Not deployed: " + what + " was waiting for " + cause + " " + ago + ".";
            case INELIGIBLE -> "Not deployed: " + what + " was ineligible " + ago + ", because of " + cause + ".";
            case SKIPPED, DEPLOYED, FAILED, RUNNING ->
                "Nothing done: nothing was against " + what + " " + ago + ", and no job was triggered.";
        };
    }

    /** The cause in its own words, what would have cleared it, and what else there was. */
    List<String> blockers(Why why) {
        var cause = Objects.requireNonNull(why.cause());
        var remedy = remedy(cause).past();
        return List.of(
                blockers.message(cause, remedy),
                Sentences.joined(remedy, cause.nextEvaluation() == null ? "" : next(cause.nextEvaluation())),
                others(why));
    }

    private static Remedy remedy(Blocker blocker) {
        return Remedy.of(Step.of(blocker.span()), blocker.metadata());
    }

    private String next(Instant next) {
        return next.isAfter(now)
                ? blockers.next(next)
                : "The next evaluation was due " + Spoken.dayAndTime(next, now) + ".";
    }

    private String others(Why why) {
        var others = why.blockers().stream().skip(1).toList();
        if (why.outcome() == Outcome.FAILED || others.isEmpty()) {
            return blockers.others(why);
        }
        return BlockerSentences.named("Also in the way: ", others, PastSentences::inTheWay);
    }

    private static String inTheWay(Blocker blocker) {
        var details = new ArrayList<String>();
        if (blocker.message() != null) {
            details.add(Spoken.line(blocker.message()));
        }
        if (blocker.clearedBy() != null) {
            details.add("up to " + Spoken.line(blocker.clearedBy()));
        }
        return Spoken.line(blocker.name()) + (details.isEmpty() ? "" : " (" + String.join("; ", details) + ")");
    }

    /** Where to ask how it stands now. */
    String ask(Why why) {
        var target = why.summary().releaseTargetKey();
        return target == null ? "" : "Ask why of " + Spoken.line(target) + " for how it stands now.";
    }
}
