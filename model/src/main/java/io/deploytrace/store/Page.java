package io.deploytrace.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items the entries; not null, unmodifiable, empty only at the end
 * @param nextCursor where the next page begins, an opaque text; null when there is none
 * @param <T> the type of the entries
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /** Copies the entries. */
    public Page {
        items = List.copyOf(items);
    }
}
