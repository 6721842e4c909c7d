package io.deploytrace.recorder;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on by one second each time it is read, and can be set. */
final class TestClock implements InstantSource {

    static final Instant START = Instant.parse("2024-01-15T10:30:00Z");

    private Instant next;
    private Duration step = Duration.ofSeconds(1);

    TestClock() {
        this(START);
    }

    TestClock(Instant next) {
        this.next = next;
    }

    /** One that stands still until it is set. */
    static TestClock standingAt(Instant time) {
        var clock = new TestClock(time);
        clock.step = Duration.ZERO;
        return clock;
    }

    synchronized void set(Instant time) {
        next = time;
    }

    @Override
    public synchronized Instant instant() {
        var now = next;
        next = next.plus(step);
        return now;
    }
}
