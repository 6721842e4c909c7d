package io.deploytrace.query;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be why nothing of a name is on record.
 *
 * @param similar names that are like it, the most alike first; not null, unmodifiable
 * @param retention for how long the workspace keeps traces; null when for ever, or when it isn't known
 */
public record NotOnRecord(List<String> similar, @Nullable Duration retention) {

    /** Nothing that is known. */
    public static final NotOnRecord UNEXPLAINED = new NotOnRecord(List.of(), null);

    /** Copies the names. */
    public NotOnRecord {
        similar = List.copyOf(similar);
    }
}
