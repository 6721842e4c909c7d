package io.deploytrace.benchmarks;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on by as much at each look. Not safe for use by several threads. */
final class SteppingClock implements InstantSource {

    private static final long STEP_NANOS = 137_000;

    private Instant now;

    SteppingClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant instant() {
        now = now.plusNanos(STEP_NANOS);
        return now;
    }
}
