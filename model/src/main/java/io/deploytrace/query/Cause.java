package io.deploytrace.query;

import org.jspecify.annotations.Nullable;

/**
 * The span that decided an outcome other than deployed.
 *
 * @param spanId the span; not null
 * @param rule the policy rule it evaluated; null when it names none
 * @param name the span's name; not null
 * @param message why, in its own words; null when it says nothing
 */
public record Cause(
        String spanId,
        @Nullable String rule,
        String name,
        @Nullable String message) {}
