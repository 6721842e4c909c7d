package io.deploytrace.server;

import java.time.Duration;
import java.util.Objects;

/**
 * How much a server takes upon itself for those who listen to changes. Immutable.
 *
 * @param eventsInterval how often the store is asked what changed, while anyone listens; 50 milliseconds to 5 seconds, default 500
 *     milliseconds
 * @param eventStreams the most streams of events at once; 1 to 100,000, default 256
 * @param eventStreamsPerKey the most of one key; 1 to 100,000, default 64
 * @param eventBufferBytes how many bytes may wait for one client that reads slowly, before nothing more is read for it from the
 *     store; 16,384 to 1,073,741,824, default 1,048,576 (1 MiB). What is read at once, at most 200 traces, comes on top
 */
public record EventLimits(Duration eventsInterval, int eventStreams, int eventStreamsPerKey, int eventBufferBytes) {

    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** The defaults. */
    public static final EventLimits DEFAULTS = new EventLimits(Duration.ofMillis(500), 256, 64, 1 << 20);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a limit is outside its range; the message names it
     */
    public EventLimits {
        Objects.requireNonNull(eventsInterval, "eventsInterval");
        if (eventsInterval.compareTo(SHORTEST) < 0 || eventsInterval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "eventsInterval must be 50ms to 5s, but is " + eventsInterval.toMillis() + "ms");
        }
        check("eventStreams", eventStreams, 1, 100_000);
        check("eventStreamsPerKey", eventStreamsPerKey, 1, 100_000);
        check("eventBufferBytes", eventBufferBytes, 16 << 10, 1 << 30);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s must be %d to %d, but is %d".formatted(name, least, most, value));
        }
    }
}
