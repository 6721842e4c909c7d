package io.deploytrace.server;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.Leases;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is done again and again, and by one of the servers of a database at a time. Who has the lease does it; once it is through
 * it keeps the lease for the interval, so that no other begins anew. Who dies meanwhile is followed by another when the lease's time is
 * over.
 */
final class SharedWork implements AutoCloseable {

    /** One time of doing it. */
    @FunctionalInterface
    interface Round {

        /**
         * Does all there is to do, which {@link #mayGoOn} interrupts between two steps.
         *
         * @return whether nothing is left
         */
        boolean run(SharedWork work);
    }

    /** For how long the lease is held at a time: longer than a renewal is put off, and a step may take. */
    static final Duration LEASE_TIME = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(SharedWork.class);
    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** From when it is told to stop. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

    private final UUID self = UUID.randomUUID();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final String name;
    private final Leases leases;
    private final Duration interval;
    private final SharedWorkMeters meters;
    private final Round round;
    private final Thread thread;
    private long heldSince;
    private volatile long stoppingSince;

    /**
     * Work that hasn't begun.
     *
     * @param name that of the lease
     * @param interval how often
     */
    SharedWork(String name, Leases leases, Duration interval, SharedWorkMeters meters, Round round) {
        this.name = name;
        this.leases = leases;
        this.interval = interval;
        this.meters = meters;
        this.round = round;
        thread = new Thread(this::run, "deploytrace-" + name);
        thread.setDaemon(true);
    }

    /** By when anything that is quick must be done. */
    static Deadline patience() {
        return Deadline.after(PATIENCE);
    }

    void start() {
        thread.start();
    }

    private void run() {
        var wait = shorter();
        while (!stopsWithin(wait)) {
            wait = attempt() ? interval : shorter();
        }
    }

    /** Until the lease may be another's or one's own again. */
    private Duration shorter() {
        return interval.compareTo(LEASE_TIME) < 0 ? interval : LEASE_TIME;
    }

    /** Waits: not exactly as long, so that servers that were started together don't ask together. */
    private boolean stopsWithin(Duration wait) {
        try {
            var jittered = wait.toMillis() * ThreadLocalRandom.current().nextDouble(0.9, 1.0);
            return stop.await((long) jittered, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Does it once, if another server doesn't; whether everything was done that there was to do. */
    boolean attempt() {
        try {
            if (!holds(LEASE_TIME)) {
                return false;
            }
            meters.running(true);
            return isThrough();
        } catch (RuntimeException | Error e) {
            failed(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + " could not begin: " + e);
            return false;
        } finally {
            meters.running(false);
        }
    }

    private boolean isThrough() {
        var complete = round.run(this);
        if (complete && holds(interval)) {
            meters.succeeded();
        } else {
            leases.release(name, self, patience());
        }
        return complete;
    }

    private boolean holds(Duration time) {
        var asked = System.nanoTime();
        var held = leases.tryHold(name, self, time, patience());
        heldSince = asked;
        return held;
    }

    /** Counts and logs that something could not be done, which is tried again. */
    void failed(String message) {
        meters.failed();
        LOG.warn(message);
    }

    boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** Whether the round that runs may take another step. */
    boolean mayGoOn() {
        return !isStopping() && (System.nanoTime() - heldSince < RENEWAL.toNanos() || holds(LEASE_TIME));
    }

    /** Takes no other step. */
    synchronized void stop() {
        if (!isStopping()) {
            stoppingSince = System.nanoTime();
            stop.countDown();
        }
    }

    /** Stops after the step that is being taken; one that takes long is left to the database, which takes it back. */
    @Override
    public void close() {
        stop();
        try {
            var left = LONGEST_STOP.toNanos() - (System.nanoTime() - stoppingSince);
            TimeUnit.NANOSECONDS.timedJoin(thread, left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
