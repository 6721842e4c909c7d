package io.deploytrace.query;

import io.deploytrace.span.Span;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a trace ended as it did.
 *
 * @param summary the trace, by itself; not null
 * @param outcome what became of the deployment, linked traces included: it is {@link Outcome#FAILED} when the deployment
 *     of the trace itself got going but a linked trace failed, and {@link Outcome#RUNNING} while one is open; not null
 * @param completeness how much of the trace there is to answer from; not null
 * @param blockers what stood in its way, in decision order; where a linked trace failed, what failed there, at whatever level, in
 *     the place of the job and of what failed around it; empty when nothing did; unmodifiable
 * @param open what has begun and not ended, linked traces included: the innermost steps in order, the first {@value #MAXIMUM_OPEN};
 *     not null, unmodifiable
 * @param missingParents which spans are missing, as far as others name them as their parents: the first
 *     {@value #MAXIMUM_MISSING_PARENTS}; not null, unmodifiable
 * @param checksReached whether a check of the trace itself is there: where policies stop a deployment, checks often aren't reached
 * @param lastActivity the latest time that any of its spans, linked ones included, noted; not null
 */
public record Why(
        TraceSummary summary,
        Outcome outcome,
        Completeness completeness,
        List<Blocker> blockers,
        List<OpenStep> open,
        List<MissingParent> missingParents,
        boolean checksReached,
        Instant lastActivity) {

    /** The most open steps that are told. */
    public static final int MAXIMUM_OPEN = 10;

    /** The most missing parents that are told. */
    public static final int MAXIMUM_MISSING_PARENTS = 10;

    /** Copies the lists. */
    public Why {
        blockers = List.copyOf(blockers);
        open = List.copyOf(open);
        missingParents = List.copyOf(missingParents);
    }

    /**
     * The answer for a trace from its spans, and from those of the traces linked to it where there are any. The
     * trace that is explained is the first that belongs under none of the others.
     *
     * @throws IllegalArgumentException if there are no spans, or none of the trace carries a workspace id
     */
    public static Why of(Collection<Span> spans) {
        return Explanation.of(spans);
    }

    /** The first cause in decision order; null when nothing stood in its way. */
    public @Nullable Blocker cause() {
        return blockers.isEmpty() ? null : blockers.get(0);
    }

    /** When the first of the blockers is evaluated next; null when none says. */
    public @Nullable Instant nextEvaluation() {
        return blockers.stream()
                .map(Blocker::nextEvaluation)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /**
     * The answer in at most six lines that a person can act on: what became of it, why, what to do, what else.
     *
     * @param now the time from which durations are told
     */
    public List<String> lines(Instant now) {
        return new Sentences(now).of(this);
    }
}
