package io.deploytrace.server;

import io.deploytrace.store.Leases;
import io.deploytrace.store.TraceMaintenance;
import java.time.Duration;

/**
 * What removes traces that workspaces no longer keep.
 *
 * @param maintenance removes them
 * @param leases says which server does
 * @param interval how often
 */
record RetentionSettings(TraceMaintenance maintenance, Leases leases, Duration interval) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    RetentionSettings {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "retentionInterval must be " + SHORTEST + " to " + LONGEST + ", but is " + interval);
        }
    }
}
