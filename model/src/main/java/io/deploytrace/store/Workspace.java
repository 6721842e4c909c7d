package io.deploytrace.store;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workspace: the tenant that traces belong to.
 *
 * @param id its id; not null
 * @param name its name; null when it was created by another application and has none here
 */
public record Workspace(UUID id, @Nullable String name) {}
