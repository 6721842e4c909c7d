package io.deploytrace.store;

import java.time.Duration;
import java.util.UUID;

/**
 * Lets one of several programs on the same store do what must not be done twice at a time. A lease is held for a time, not for
 * as long as a connection: who dies gives it back by not holding it again. Its time is told by the store's clock alone.
 *
 * <p>A holder that was held up may still be at work when its time is over: what is done under a lease must be harmless
 * when done twice. Implementations are safe for use by several threads.
 */
public interface Leases {

    /**
     * Takes a lease that is free or whose time is over, or holds one's own for longer.
     *
     * @param name what is to be done; 1 to 100 characters without control characters
     * @param holder who does it: an id of the program's own
     * @param time for how long from now, more than zero and at most a day
     * @return whether the lease is the holder's until the time is over; if false, someone else has it
     * @throws IllegalArgumentException if the name or the time isn't allowed
     * @throws SpanStoreException if the store can't be reached or the deadline passes; the lease may or may not be the holder's then
     */
    boolean tryHold(String name, UUID holder, Duration time, Deadline deadline);

    /**
     * Gives a lease back before its time is over; does nothing if it isn't the holder's.
     *
     * @throws SpanStoreException if the store can't be reached or the deadline passes; the lease ends with its time then
     */
    void release(String name, UUID holder, Deadline deadline);
}
