package io.deploytrace.server;

import io.deploytrace.store.Leases;
import io.deploytrace.store.TraceMaintenance;
import java.time.Duration;
import java.util.Objects;

/**
 * What one of the servers of a store does for all.
 *
 * @param name what it is called; begins that of the setting
 * @param maintenance does it
 * @param leases says which server does
 * @param interval how often
 */
record SharedWorkSettings(String name, TraceMaintenance maintenance, Leases leases, Duration interval) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    SharedWorkSettings {
        Objects.requireNonNull(maintenance, "maintenance");
        Objects.requireNonNull(leases, "leases");
        Objects.requireNonNull(interval, "interval");
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + "Interval must be " + SHORTEST + " to " + LONGEST + ", but is " + interval);
        }
    }

    /** The work, not begun. */
    SharedWork work(SharedWorkMeters meters, SharedWork.Round round) {
        return new SharedWork(name, leases, interval, meters, round);
    }
}
