package io.deploytrace.query;

import org.jspecify.annotations.Nullable;

/**
 * A value that isn't the same in two traces.
 *
 * @param key what it is the value of; not null
 * @param a its value in the first trace, of a type that {@link io.deploytrace.span.Attributes} hold; null when it has none there
 * @param b its value in the second trace; null when it has none there
 */
public record ValueChange(
        String key, @Nullable Object a, @Nullable Object b) {}
