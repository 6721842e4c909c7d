package io.deploytrace.query;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says what stands in the way of a deployment, and who or what clears it. */
final class BlockerSentences {

    private static final int NAMED_BLOCKERS = 3;
    private static final int NAMED_HOLDERS = 2;

    private final Instant now;
    private final Inputs inputs;

    BlockerSentences(Instant now) {
        this.now = now;
        this.inputs = new Inputs(now);
    }

    /** In its own words, and what it looked at; as far as the remedy doesn't say as much. */
    String message(Blocker cause) {
        var looked = inputs.of(cause);
        var message = cause.message() == null ? "" : Spoken.line(cause.message());
        if (message.isEmpty() || Spoken.repeats(cause.remedy(), message)) {
            return looked.isEmpty() ? "" : "It looked at: " + looked + ".";
        }
        var said = said(cause);
        if (looked.isEmpty()) {
            return said;
        }
        return said.endsWith(".")
                ? said.substring(0, said.length() - 1) + " (" + looked + ")."
                : said + " (" + looked + ")";
    }

    /** Its message alone; empty when it has none. */
    String said(Blocker cause) {
        return cause.message() == null || cause.message().isBlank()
                ? ""
                : "It says: " + Spoken.sentence(cause.message());
    }

    /** What clears the first of them, when it is looked at again, and who holds what it waits for. */
    String remedy(Why why, List<Holder> holders) {
        var cause = why.cause();
        if (cause == null) {
            return "";
        }
        var next = cause.nextEvaluation();
        var held = holders.stream().limit(NAMED_HOLDERS).map(this::held).collect(Collectors.joining(" "));
        return Sentences.joined(cause.remedy(), next == null ? "" : next(next), held);
    }

    private String held(Holder holder) {
        var job = Spoken.line(holder.jobId())
                + (holder.releaseTargetKey() == null ? "" : " (" + Spoken.line(holder.releaseTargetKey()) + ")");
        if (holder.outcome() != Outcome.RUNNING) {
            return job + ", which holds one, ended " + ago(holder.lastWritten()) + ": "
                    + holder.outcome().value() + ".";
        }
        var isSilent = holder.lastWritten().plus(DoubtSentences.SILENCE).isBefore(now);
        return job + ", which holds one, began " + ago(holder.since())
                + (isSilent
                        ? " and recorded nothing for " + Spoken.duration(holder.lastWritten(), now)
                                + ": it may be stuck."
                        : ".");
    }

    private String next(Instant next) {
        if (next.isAfter(now)) {
            return "Next evaluation " + Spoken.dayAndTime(next, now) + ", in " + Spoken.duration(now, next) + ".";
        }
        var overdue = Duration.between(next, now).compareTo(DoubtSentences.SILENCE) > 0;
        return "An evaluation was due " + Spoken.dayAndTime(next, now) + ", " + ago(next)
                + (overdue ? ": is its controller running?" : ".");
    }

    private String ago(Instant time) {
        return Spoken.duration(time, now) + " ago";
    }

    /** All further ones, each with what clears it. */
    String others(Why why) {
        var others = why.blockers().stream().skip(1).toList();
        if (others.isEmpty()) {
            return why.outcome() == Outcome.FAILED ? "" : "Nothing else stands in the way.";
        }
        var haveFailed = why.outcome() == Outcome.FAILED;
        var named = others.stream()
                .limit(NAMED_BLOCKERS)
                .map(other -> haveFailed ? failed(other) : inTheWay(other))
                .collect(Collectors.joining("; "));
        var rest = others.size() - NAMED_BLOCKERS;
        return (haveFailed ? "Also failed: " : "Also in the way: ")
                + named
                + (rest > 0 ? "; and " + rest + " more." : ".");
    }

    private static String failed(Blocker blocker) {
        var message = blocker.message() == null ? "" : " (" + Spoken.line(blocker.message()) + ")";
        return Spoken.line(blocker.name()) + message + Sentences.within(blocker.within());
    }

    private String inTheWay(Blocker blocker) {
        var briefly = Remedy.of(Step.of(blocker.span()), blocker.metadata()).briefly();
        var details = new ArrayList<String>();
        if (blocker.message() != null && !Spoken.repeats(briefly, blocker.message())) {
            details.add(Spoken.line(blocker.message()));
        }
        if (blocker.clearedBy() != null && !briefly.contains(Spoken.line(blocker.clearedBy()))) {
            details.add("ask " + Spoken.line(blocker.clearedBy()));
        }
        if (blocker.nextEvaluation() != null && blocker.nextEvaluation().isAfter(now)) {
            details.add("next evaluation " + Spoken.dayAndTime(blocker.nextEvaluation(), now));
        }
        return briefly + (details.isEmpty() ? "" : " (" + String.join("; ", details) + ")");
    }
}
