package io.deploytrace.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is set. Safe for use by several threads. */
public final class SettableClock implements InstantSource {

    private Instant now;

    /** A clock that shows the given time. */
    public SettableClock(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Shows the given time from now on. */
    public synchronized void set(Instant instant) {
        now = instant;
    }

    /** Moves on, or back if the duration is negative. */
    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }
}
