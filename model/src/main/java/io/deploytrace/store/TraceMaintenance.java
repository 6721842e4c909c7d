package io.deploytrace.store;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/** Keeps a store small and its summaries true. Implementations are safe for use by several threads. */
public interface TraceMaintenance {

    /**
     * What a clean-up removed, or would remove.
     *
     * @param traces whole traces
     * @param spans their spans
     */
    record Removed(long traces, long spans) {}

    /**
     * The store's own time, by which it tells when traces are first written. How old a trace is goes by this clock: that of the
     * program which asks may be wrong, and would remove what is to be kept.
     */
    Instant time(Deadline deadline);

    /** Counts what {@link #prune} would remove, without removing it. */
    Removed countOlderThan(UUID workspaceId, Instant before, Deadline deadline);

    /**
     * Removes the traces of a workspace that were first written before the given time: whole traces, the oldest first, in
     * bounded batches that each commit, so that it may be interrupted and repeated.
     *
     * @param progress is told after each batch what was removed so far
     */
    Removed prune(UUID workspaceId, Instant before, Consumer<Removed> progress, Deadline deadline);

    /**
     * Computes the summaries that are missing or differ from what the stored spans say, as they are when another
     * program wrote spans, and removes those without spans.
     *
     * @param all whether to compute every summary anew; otherwise only those of traces that changed unseen
     * @return the number of summaries that were written or removed
     */
    long reindex(UUID workspaceId, boolean all, Deadline deadline);

    /**
     * The same for what was written within a time alone, so that it costs little where little was written: for the traces with a span, and
     * the summaries, first written then. What another program changed later in place isn't seen, nor what it gave another time.
     *
     * @return the number of summaries that were written or removed
     */
    long reindex(UUID workspaceId, TimeRange written, Deadline deadline);
}
