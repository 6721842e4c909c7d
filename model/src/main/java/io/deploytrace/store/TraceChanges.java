package io.deploytrace.store;

import java.util.Collection;
import java.util.List;

/**
 * Tells which traces changed since a position, whoever wrote them. Nothing is lost and nothing is made up: every change that is
 * committed is told to everyone who asks from a position before it, also where a later transaction commits first; what was
 * undone is never told. A trace is told as it is now, so that several changes between two questions may come as one. A trace
 * that was removed isn't told.
 *
 * <p>A position is an opaque text, good for all workspaces of the store. Implementations are safe for use by several threads.
 */
public interface TraceChanges {

    /** The most traces that can be asked for at once of one workspace. */
    int MAXIMUM_LIMIT = 1_000;

    /**
     * The position now: from there on, only what changes later is told.
     *
     * @throws SpanStoreException if the store can't be reached or the deadline passes
     */
    String now(Deadline deadline);

    /**
     * What changed since the positions, for each request in its order. All requests see the store at the same moment, and those
     * that come to their end have the same position then. If there are more changed traces of a workspace than the limit, asking
     * again from the answer's position gives the rest.
     *
     * @param limit the most traces for each request, 1 to {@value #MAXIMUM_LIMIT}
     * @throws IllegalArgumentException if the limit isn't allowed
     * @throws SpanStoreException if the store can't be reached or the deadline passes
     */
    List<ChangedTraces> since(Collection<ChangesRequest> requests, int limit, Deadline deadline);

    /**
     * Checks a limit, as every implementation of {@link #since} does.
     *
     * @throws IllegalArgumentException if it isn't allowed
     */
    static void checkLimit(int limit) {
        if (limit < 1 || limit > MAXIMUM_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAXIMUM_LIMIT + ", but is " + limit);
        }
    }
}
