package io.deploytrace.store;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workspace: the tenant that traces belong to.
 *
 * @param id its id; not null
 * @param name its name; null when it was created by another application and has none here
 * @param retention for how long its traces are kept, counted from when they were first written; null when for ever
 */
public record Workspace(
        UUID id, @Nullable String name, @Nullable Duration retention) {

    /** A workspace whose traces are kept for ever. */
    public Workspace(UUID id, @Nullable String name) {
        this(id, name, null);
    }
}
