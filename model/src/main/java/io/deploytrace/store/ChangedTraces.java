package io.deploytrace.store;

import java.util.List;
import java.util.UUID;

/**
 * What changed in one workspace since a position.
 *
 * @param workspaceId the workspace; not null
 * @param status whether these are all, or there are more, or it can't be told; not null
 * @param traces the traces that changed, as they are now, each once, in no particular order; not null, unmodifiable
 * @param position the position from which to ask next; not null
 */
public record ChangedTraces(UUID workspaceId, Status status, List<StoredTrace> traces, String position) {

    /** Copies the traces. */
    public ChangedTraces {
        traces = List.copyOf(traces);
    }

    /** How far the changes were told. */
    public enum Status {
        /** These are all changes up to now. */
        DONE,
        /** There are more; they are told from the position on. */
        MORE,
        /**
         * What changed since the position isn't known: it is no position of this store, or older than a day, or the store was
         * restored or crashed since. Nothing is told; whoever keeps a copy must load it anew, after which the position given is good to go
         * on from.
         */
        LOST
    }
}
