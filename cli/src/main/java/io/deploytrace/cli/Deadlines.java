package io.deploytrace.cli;

import io.deploytrace.store.Deadline;
import java.time.Duration;

/** How long commands wait for the store. */
final class Deadlines {

    private Deadlines() {}

    /** Enough for an answer that somebody waits for. */
    static Deadline answer() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    /** Enough for work that goes through everything stored, and shows how far it is. */
    static Deadline work() {
        return Deadline.after(Duration.ofDays(1));
    }
}
