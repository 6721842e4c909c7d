package io.deploytrace.store;

import io.deploytrace.query.Streak;
import io.deploytrace.query.TraceSummary;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks back over the traces of a release target, page by page, for as long as they give the same answer. */
final class TargetHistory {

    private static final int FIRST_LIMIT = 20;

    private final StoredTrace newest;
    private Streak streak;
    private @Nullable TraceSummary before;

    private TargetHistory(StoredTrace newest) {
        this.newest = newest;
        this.streak = Streak.of(newest.summary());
    }

    /** The history as the pages, newest first, tell it; null when there is nothing. */
    static @Nullable TargetHistory read(Function<PageRequest, Page<StoredTrace>> pages) {
        var page = pages.apply(PageRequest.first(FIRST_LIMIT));
        if (page.items().isEmpty()) {
            return null;
        }
        var history = new TargetHistory(page.items().get(0));
        var goesOn = history.add(page.items().subList(1, page.items().size()));
        while (goesOn && page.nextCursor() != null) {
            if (history.streak.count() >= Answers.MAXIMUM_LOOK_BACK) {
                history.streak = history.streak.andMore();
                break;
            }
            page = pages.apply(new PageRequest(PageRequest.MAXIMUM_LIMIT, page.nextCursor()));
            goesOn = history.add(page.items());
        }
        return history;
    }

    /** Whether all of the older traces give the same answer. */
    private boolean add(Iterable<StoredTrace> older) {
        for (var trace : older) {
            if (!Streak.isSame(newest.summary(), trace.summary())) {
                before = trace.summary();
                return false;
            }
            streak = streak.and(trace.summary());
        }
        return true;
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
