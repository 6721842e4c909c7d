package io.deploytrace.query;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
    String message(Blocker cause, String remedy) {
        var looked = inputs.of(cause, remedy);
        var message = cause.message() == null ? "" : Spoken.line(cause.message());
        if (message.isEmpty() || Spoken.repeats(remedy, message)) {
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
        var holds = Slots.in(cause.metadata()) == null ? ", which holds it, " : ", which holds one, ";
        var held = holders.stream()
                .limit(NAMED_HOLDERS)
                .map(holder -> held(holder, holds))
                .collect(Collectors.joining(" "));
        return Sentences.joined(cause.remedy(), next == null ? "" : next(next), held);
    }

    private String held(Holder holder, String holds) {
        var job = Spoken.line(holder.jobId())
                + (holder.releaseTargetKey() == null ? "" : " (" + Spoken.line(holder.releaseTargetKey()) + ")")
                + holds;
        if (holder.outcome() != Outcome.RUNNING) {
            return job + "ended " + ago(holder.lastWritten()) + ": "
                    + holder.outcome().value() + ".";
        }
        // It may have been written by another clock than that by which it began.
        var silentSince = holder.lastWritten().isBefore(holder.since()) ? holder.since() : holder.lastWritten();
        return job + "began " + ago(holder.since())
                + (silentSince.plus(DoubtSentences.SILENCE).isBefore(now)
                        ? " and recorded nothing for " + Spoken.duration(silentSince, now) + ": it may be stuck."
                        : ".");
    }

    String next(Instant next) {
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
            return nothingElse(why);
        }
        return why.outcome() == Outcome.FAILED
                ? named("Also failed: ", others, BlockerSentences::failed)
                : named("Also in the way: ", others, this::inTheWay);
    }

    /** As far as it was looked at: a trace that isn't whole doesn't tell, and what policies stop may never get to its checks. */
    static String nothingElse(Why why) {
        if (why.outcome() == Outcome.FAILED || why.completeness() != Completeness.COMPLETE) {
            return "";
        }
        return why.outcome() == Outcome.INELIGIBLE || why.checksReached()
                ? "Nothing else was against it."
                : "No other policy was against it; no check was reached.";
    }

    /** The first few of them. */
    static String named(String start, List<Blocker> blockers, Function<Blocker, String> name) {
        var rest = blockers.size() - NAMED_BLOCKERS;
        return blockers.stream()
                .limit(NAMED_BLOCKERS)
                .map(name)
                .collect(Collectors.joining("; ", start, rest > 0 ? "; and " + rest + " more." : "."));
    }

    static String failed(Blocker blocker) {
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
