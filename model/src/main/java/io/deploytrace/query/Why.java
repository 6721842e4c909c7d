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
 * @param blockers what stood in its way, in decision order; for a job that failed, what failed in the trace linked to it;
 *     empty when nothing did; unmodifiable
 * @param lastActivity the latest time that any of its spans, linked ones included, noted; not null
 */
public record Why(
        TraceSummary summary,
        Outcome outcome,
        Completeness completeness,
        List<Blocker> blockers,
        Instant lastActivity) {

    /** Copies the blockers. */
    public Why {
        blockers = List.copyOf(blockers);
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
