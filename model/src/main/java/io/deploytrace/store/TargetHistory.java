package io.deploytrace.store;

import io.deploytrace.query.Flapping;
import io.deploytrace.query.Outcome;
import io.deploytrace.query.Streak;
import io.deploytrace.query.TraceBrief;
import io.deploytrace.query.TraceSummary;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks back over the traces of a release target, page by page, for as long as they give the same answer. */
final class TargetHistory {

    private static final int FIRST_LIMIT = 20;

    /** Over so many traces is looked back where the traces linked to each count: they are a question each. */
    private static final int MAXIMUM_WITH_LINKED = 20;

    private final Function<StoredTrace, TraceBrief> withLinked;

    /** The newest traces, newest first. */
    private final List<StoredTrace> recent;

    private final StoredTrace newest;
    private final @Nullable TraceBrief overall;
    private Streak streak;
    private @Nullable TraceSummary before;

    private TargetHistory(List<StoredTrace> recent, Function<StoredTrace, TraceBrief> withLinked) {
        this.withLinked = withLinked;
        this.recent = recent;
        this.newest = recent.get(0);
        this.overall = gotGoing(newest.summary().outcome()) ? withLinked.apply(newest) : null;
        this.streak = Streak.of(newest.summary());
    }

    /** Whether the traces that are linked to one count: if its job began. */
    private static boolean gotGoing(Outcome outcome) {
        return outcome == Outcome.DEPLOYED || outcome == Outcome.RUNNING || outcome == Outcome.FAILED;
    }

    /**
     * The history as the pages, newest first, tell it; null when there is nothing.
     *
     * @param withLinked what became of a trace, those linked to it counted
     */
    static @Nullable TargetHistory read(
            Function<PageRequest, Page<StoredTrace>> pages, Function<StoredTrace, TraceBrief> withLinked) {
        var page = pages.apply(PageRequest.first(FIRST_LIMIT));
        if (page.items().isEmpty()) {
            return null;
        }
        var history = new TargetHistory(page.items(), withLinked);
        var goesOn = history.add(page.items().subList(1, page.items().size()));
        while (goesOn && page.nextCursor() != null) {
            if (history.streak.count() >= history.maximum()) {
                history.streak = history.streak.andMore();
                break;
            }
            page = pages.apply(new PageRequest(PageRequest.MAXIMUM_LIMIT, page.nextCursor()));
            goesOn = history.add(page.items());
        }
        return history;
    }

    private int maximum() {
        return overall == null ? Answers.MAXIMUM_LOOK_BACK : MAXIMUM_WITH_LINKED;
    }

    /** Whether all of the older traces give the same answer. */
    private boolean add(Iterable<StoredTrace> older) {
        for (var trace : older) {
            if (!isSame(trace)) {
                before = trace.summary();
                return false;
            }
            streak = streak.and(trace.summary());
        }
        return true;
    }

    private boolean isSame(StoredTrace trace) {
        return Streak.isSame(newest.summary(), trace.summary())
                && (overall == null || overall.isSameState(withLinked.apply(trace)));
    }

    /** Whether one answer followed another again and again, among the newest traces of the newest one's release. */
    boolean alternates() {
        var changes = 0;
        var last = newest.summary();
        for (var trace : recent) {
            if (Objects.equals(trace.summary().releaseId(), last.releaseId())) {
                changes += trace.summary().fingerprint().equals(last.fingerprint()) ? 0 : 1;
                last = trace.summary();
            }
        }
        return changes >= Flapping.FEWEST_CHANGES;
    }

    /** Whether the newest trace deployed, those linked to it counted. */
    boolean isDeployed() {
        return overall != null && overall.outcome() == Outcome.DEPLOYED;
    }

    StoredTrace newest() {
        return newest;
    }

    Streak streak() {
        return streak;
    }

    @Nullable TraceSummary before() {
        return before;
    }
}
