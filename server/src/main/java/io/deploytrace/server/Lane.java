package io.deploytrace.server;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * What the requests of one kind share, and those of no other, so that a flood of one kind keeps no other out.
 *
 * @param inFlight how many there may be at once
 * @param authentications how many may wait for their key to be checked
 * @param timeout how long each may take
 */
record Lane(RequestsInFlight inFlight, Semaphore authentications, Duration timeout) {

    /** Those whose sender isn't known yet take no other place: this many times as many of them may wait. */
    private static final int UNKNOWN_SENDERS = 4;

    /** A lane for at most so many requests. */
    static Lane of(int requests, Duration timeout) {
        return of(requests, new RequestsInFlight(requests), timeout);
    }

    /**
     * A lane for at most so many requests.
     *
     * @param share how many one sender may have
     */
    static Lane of(int requests, int share, Duration timeout) {
        return of(requests, new RequestsInFlight(requests, share), timeout);
    }

    private static Lane of(int requests, RequestsInFlight inFlight, Duration timeout) {
        return new Lane(inFlight, new Semaphore(UNKNOWN_SENDERS * requests), timeout);
    }
}
