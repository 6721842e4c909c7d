package io.deploytrace.store;

import io.deploytrace.query.Flapping;
import io.deploytrace.query.Outcome;
import io.deploytrace.query.Streak;
import io.deploytrace.query.TraceBrief;
import io.deploytrace.query.TraceSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks back over the traces of a release target, page by page, for as long as they give the same answer, or the same stands in the way.
 */
final class TargetHistory {

    private static final int FIRST_LIMIT = 20;

    /** Over so many traces is looked back where the traces linked to each count. */
    private static final int MAXIMUM_WITH_LINKED = 20;

    private final LinkedOutcomes linked;

    /** The newest traces, newest first. */
    private final List<StoredTrace> recent;

    private final StoredTrace newest;
    private final boolean gotGoing;
    private final TraceBrief overall;
    private Streak streak;
    private Instant since;
    private @Nullable TraceSummary before;

    private TargetHistory(List<StoredTrace> recent, LinkedOutcomes linked) {
        this.linked = linked;
        this.recent = recent;
        this.newest = recent.get(0);
        this.gotGoing = LinkedOutcomes.gotGoing(newest.summary().outcome());
        this.overall = linked.of(newest.brief());
        this.streak = Streak.of(newest.summary());
        this.since = streak.since();
    }

    /** The history as the pages, newest first, tell it; null when there is nothing. */
    static @Nullable TargetHistory read(Function<PageRequest, Page<StoredTrace>> pages, LinkedOutcomes linked) {
        var page = pages.apply(PageRequest.first(FIRST_LIMIT));
        if (page.items().isEmpty()) {
            return null;
        }
        var history = new TargetHistory(page.items(), linked);
        var seen = page.items().size();
        var goesOn = history.add(page.items().subList(1, seen));
        while (goesOn && page.nextCursor() != null) {
            if (seen >= history.maximum()) {
                history.cut();
                break;
            }
            page = pages.apply(new PageRequest(PageRequest.MAXIMUM_LIMIT, page.nextCursor()));
            seen += page.items().size();
            goesOn = history.add(page.items());
        }
        return history;
    }

    private int maximum() {
        return gotGoing ? MAXIMUM_WITH_LINKED : Answers.MAXIMUM_LOOK_BACK;
    }

    private void cut() {
        streak = before == null ? streak.andMore() : streak;
    }

    /** Whether still older traces matter: as long as all give the same answer, or stand alike. */
    private boolean add(List<StoredTrace> older) {
        var overalls = overalls(older);
        for (var trace : older) {
            if (before == null && isSame(trace, overalls.get(trace.summary().traceId()))) {
                streak = streak.and(trace.summary());
            } else if (before == null) {
                before = trace.summary().with(linked.of(trace.brief()));
            }
            if (before != null && !standsAlike(trace)) {
                return false;
            }
            var start = trace.summary().startTime();
            since = start.isBefore(since) ? start : since;
        }
        return true;
    }

    /** Whether the same stands in the way, whatever else is said. Where a job began, nothing does. */
    private boolean standsAlike(StoredTrace trace) {
        return !gotGoing && newest.brief().isSameState(trace.brief());
    }

    /** What came of the next ones that say the same by themselves; of none, where no job began. */
    private Map<String, TraceBrief> overalls(List<StoredTrace> older) {
        return gotGoing
                ? linked.of(older.stream()
                        .takeWhile(trace -> Streak.isSame(newest.summary(), trace.summary()))
                        .map(StoredTrace::brief)
                        .toList())
                : Map.of();
    }

    private boolean isSame(StoredTrace trace, @Nullable TraceBrief withLinked) {
        return Streak.isSame(newest.summary(), trace.summary())
                && (withLinked == null || overall.isSameState(withLinked));
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
        return overall.outcome() == Outcome.DEPLOYED;
    }

    StoredTrace newest() {
        return newest;
    }

    Streak streak() {
        return streak;
    }

    /** Since when the release has come to the same because of the same, whatever else was said meanwhile. */
    Instant since() {
        return since;
    }

    /** The newest trace that gives another answer, those linked to it counted; null when there is none as far as was looked back. */
    @Nullable TraceSummary before() {
        return before;
    }
}
