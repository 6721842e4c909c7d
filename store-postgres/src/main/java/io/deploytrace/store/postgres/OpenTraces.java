package io.deploytrace.store.postgres;

import io.deploytrace.span.Span;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The traces that this store has lately written with spans still open: they will be written again, and then aren't new. Only a
 * hint, that saves an attempt: another store may have written or removed them. Safe for use by several threads.
 */
final class OpenTraces {

    private static final int MOST = 10_000;

    private final Set<String> ids = Collections.synchronizedSet(Collections.newSetFromMap(new Oldest()));

    /** Whether one of them was open when it was last written. */
    boolean containsAnyOf(Traces traces) {
        return !ids.isEmpty() && traces.byId().keySet().stream().anyMatch(ids::contains);
    }

    void written(Traces traces) {
        traces.byId().forEach((id, spans) -> {
            if (hasOpen(spans)) {
                ids.add(id);
            } else {
                ids.remove(id);
            }
        });
    }

    private static boolean hasOpen(List<Span> spans) {
        for (var span : spans) {
            if (span.isOpen()) {
                return true;
            }
        }
        return false;
    }

    /** Drops the oldest when there are too many. */
    private static final class Oldest extends LinkedHashMap<String, Boolean> {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    }
}
