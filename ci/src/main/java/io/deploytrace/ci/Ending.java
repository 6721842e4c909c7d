package io.deploytrace.ci;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a span ends.
 *
 * @param time when
 * @param failed whether what it stands for failed
 * @param message why, or what came of it; null if there is nothing to say
 * @param attributes what is known since then
 */
record Ending(Instant time, boolean failed, @Nullable String message, Map<String, Object> attributes) {}
