package io.deploytrace.server;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceMaintenance;
import io.deploytrace.store.Workspace;
import io.deploytrace.store.WorkspaceStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees what other programs wrote into the span table: gives their traces the summaries without which no list and no event shows them. Looks at
 * what was written lately alone. A row bears the time at which its transaction began and is seen once that commits, so a round goes back
 * a little behind the one before, and once an hour much further.
 */
final class Reindexing implements SharedWork.Round {

    static final String NAME = "reindexing";

    private static final Logger LOG = LoggerFactory.getLogger(Reindexing.class);

    private static final Duration BRIEF = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofHours(1);

    /** What is looked at in one step, which must not take longer than the lease. */
    private static final Duration SLICE = Duration.ofMinutes(5);

    private static final Duration AT_A_TIME = SharedWork.LEASE_TIME.dividedBy(2);

    /**
     * Up to where a workspace was looked at.
     *
     * @param last by the last round
     * @param far by the last one that went back far
     */
    private record Seen(Instant last, Instant far) {

        boolean isLongAgo(Instant now) {
            return !now.isBefore(far.plus(LONG));
        }
    }

    private final TraceMaintenance maintenance;
    private final WorkspaceStore workspaces;
    private final Counter summaries;
    private final Map<UUID, Seen> seen = new HashMap<>();

    private Reindexing(TraceMaintenance maintenance, WorkspaceStore workspaces, Counter summaries) {
        this.maintenance = maintenance;
        this.workspaces = workspaces;
        this.summaries = summaries;
    }

    /** The work, not begun. */
    static SharedWork work(SharedWorkSettings settings, WorkspaceStore workspaces, MeterRegistry registry) {
        var summaries = registry.counter("reindexing.summaries");
        var reindexing = new Reindexing(settings.maintenance(), workspaces, summaries);
        return settings.work(new SharedWorkMeters(registry, NAME), reindexing);
    }

    @Override
    public boolean run(SharedWork work) {
        var now = maintenance.time(SharedWork.patience());
        var all = workspaces.list(SharedWork.patience()).stream()
                .map(Workspace::id)
                .collect(Collectors.toUnmodifiableSet());
        seen.keySet().retainAll(all);
        var complete = true;
        for (var workspaceId : all) {
            complete &= isDone(workspaceId, now, work);
        }
        return complete;
    }

    private boolean isDone(UUID workspaceId, Instant now, SharedWork work) {
        try {
            for (var written : slices(since(workspaceId, now), now)) {
                if (!work.mayGoOn()) {
                    return false;
                }
                reindex(workspaceId, written);
            }
            seen.merge(
                    workspaceId,
                    new Seen(now, now),
                    (before, after) -> before.isLongAgo(now) ? after : new Seen(now, before.far()));
            return true;
        } catch (RuntimeException e) {
            work.failed("Reindexing of workspace " + workspaceId + " failed, and is tried again: " + e.getMessage());
            return false;
        }
    }

    /** What keeps failing is left behind after two hours, so that it doesn't take ever longer. */
    private Instant since(UUID workspaceId, Instant now) {
        var before = seen.get(workspaceId);
        if (before == null) {
            return now.minus(LONG);
        }
        var since =
                before.isLongAgo(now) ? before.far().minus(LONG) : before.last().minus(BRIEF);
        var longest = now.minus(LONG).minus(LONG);
        return since.isBefore(longest) ? longest : since;
    }

    private static List<TimeRange> slices(Instant since, Instant until) {
        return Stream.iterate(since, until::isAfter, from -> from.plus(SLICE))
                .map(from -> new TimeRange(from, earlier(from.plus(SLICE), until)))
                .toList();
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private void reindex(UUID workspaceId, TimeRange written) {
        var changed = maintenance.reindex(workspaceId, written, Deadline.after(AT_A_TIME));
        summaries.increment((double) changed);
        if (changed > 0) {
            LOG.info(
                    "Reindexing wrote {} summaries of traces in workspace {} that other programs wrote.",
                    changed,
                    workspaceId);
        }
    }
}
