package io.deploytrace.query;

import io.deploytrace.span.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Says what an answer must be doubted for: what went silent, and what is missing. */
final class DoubtSentences {

    /** For how long nothing may be recorded of what is under way before it is called out. */
    static final Duration SILENCE = Duration.ofMinutes(15);

    private static final int NAMED = 2;
    private static final int NAMED_CHILDREN = 3;

    private final Instant now;

    DoubtSentences(Instant now) {
        this.now = now;
    }

    private boolean isSilent(Why why) {
        return why.lastActivity().plus(SILENCE).isBefore(now);
    }

    /** Whether something else may have become of it meanwhile: it neither deployed nor goes on before one's eyes. */
    boolean mayBeOver(Why why) {
        return why.outcome() != Outcome.DEPLOYED && (why.outcome() != Outcome.RUNNING || isSilent(why));
    }

    /** Which step is under way, and whether it may be dead; empty unless the trace is running. */
    String underWay(Why why) {
        if (why.outcome() != Outcome.RUNNING) {
            return "";
        }
        var at = why.open().stream()
                .filter(step ->
                        step.span().parentSpanId() != null || !step.within().isEmpty())
                .reduce((earlier, later) -> later)
                .orElse(null);
        var step = at == null ? "" : Sentences.named(at.span()) + Sentences.within(at.within());
        if (!isSilent(why)) {
            return at == null
                    ? ""
                    : "It has been at " + step + " for "
                            + Spoken.duration(at.span().startTime(), now) + ".";
        }
        return Sentences.joined(
                at == null ? "" : "It got as far as " + step + ".",
                "Nothing was recorded for " + Spoken.duration(why.lastActivity(), now)
                        + ": its controller or its job may have died. Look at them, then reconcile again.");
    }

    /** What else must be doubted. */
    String of(Why why) {
        if (why.completeness() == Completeness.PARTIAL) {
            return missing(why.missingParents());
        }
        var isAbandoned = !why.open().isEmpty() && why.outcome() != Outcome.RUNNING && isSilent(why);
        return isAbandoned
                ? "This reconcile never finished, and nothing was recorded for "
                        + Spoken.duration(why.lastActivity(), now) + ": its controller may have died."
                : "";
    }

    private static String missing(List<MissingParent> parents) {
        if (parents.isEmpty()) {
            return "Its record has gaps, so this may not be all.";
        }
        var named = parents.stream().limit(NAMED).map(DoubtSentences::missing).collect(Collectors.joining("; "));
        var rest = parents.size() - NAMED;
        return "Its record has gaps, so this may not be all. Missing: " + named
                + (rest > 0
                        ? "; and " + (rest + NAMED >= Why.MAXIMUM_MISSING_PARENTS ? "more." : rest + " more.")
                        : ".");
    }

    private static String missing(MissingParent parent) {
        var named = parent.children().stream()
                .limit(NAMED_CHILDREN)
                .map(Span::name)
                .map(Spoken::line)
                .collect(Collectors.joining(", "));
        var rest = parent.childCount() - NAMED_CHILDREN;
        return "step " + Spoken.line(parent.spanId()) + ", which holds " + named
                + (rest > 0 ? " and " + rest + " more" : "");
    }
}
