package io.deploytrace.store;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list.
 *
 * @param limit the most entries to return, 1 to {@value #MAXIMUM_LIMIT}
 * @param cursor the {@link Page#nextCursor()} of the page before; null for the first page
 */
public record PageRequest(int limit, @Nullable String cursor) {

    /** The largest page. */
    public static final int MAXIMUM_LIMIT = 1_000;

    /**
     * Checks the limit.
     *
     * @throws IllegalArgumentException if it is less than 1 or more than {@value #MAXIMUM_LIMIT}
     */
    public PageRequest {
        if (limit < 1 || limit > MAXIMUM_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAXIMUM_LIMIT + ", but is " + limit);
        }
    }

    /** The first page. */
    public static PageRequest first(int limit) {
        return new PageRequest(limit, null);
    }
}
