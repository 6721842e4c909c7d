package io.deploytrace.store.postgres;

import io.deploytrace.store.Page;
import java.util.List;
import java.util.function.Function;

/** Makes a page of one row more than the page may hold, which tells whether there is another. */
final class Paging {

    private Paging() {}

    static <T> Page<T> page(List<T> rows, int limit, Function<T, String> cursor) {
        return rows.size() <= limit
                ? new Page<>(rows, null)
                : new Page<>(rows.subList(0, limit), cursor.apply(rows.get(limit - 1)));
    }
}
