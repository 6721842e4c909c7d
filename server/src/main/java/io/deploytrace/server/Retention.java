package io.deploytrace.server;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.Leases;
import io.deploytrace.store.Workspace;
import io.deploytrace.store.WorkspaceStore;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the traces that workspaces no longer keep: again and again, and by one of the servers of a database at a time. Who has the lease
 * removes; once it is through it keeps the lease for the interval, so that no other begins anew. Who dies meanwhile is followed by another
 * when the lease's time is over.
 */
final class Retention implements AutoCloseable {

    /** The name of the lease. */
    static final String LEASE = "retention";

    /** For how long the lease is held at a time: longer than anything that is done between two renewals. */
    static final Duration LEASE_TIME = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

    private final UUID self = UUID.randomUUID();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "deploytrace-retention");
    private final WorkspaceStore workspaces;
    private final Leases leases;
    private final RetentionBatches batches;
    private final Duration interval;
    private final RetentionMeters meters;

    Retention(RetentionSettings settings, WorkspaceStore workspaces, RetentionMeters meters) {
        this.workspaces = workspaces;
        this.leases = settings.leases();
        this.interval = settings.interval();
        this.meters = meters;
        this.batches = new RetentionBatches(settings.maintenance(), workspaces, meters, this::mayGoOn);
        thread.setDaemon(true);
    }

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

    /** Whether everything was removed that there was to remove. */
    private boolean attempt() {
        try {
            if (!leases.tryHold(LEASE, self, LEASE_TIME, patience())) {
                return false;
            }
            meters.running(true);
            return round();
        } catch (RuntimeException | Error e) {
            failed("Retention could not begin: " + e);
            return false;
        } finally {
            meters.running(false);
        }
    }

    private boolean round() {
        var complete = true;
        for (var workspace : workspaces.list(patience())) {
            complete &= workspace.retention() == null || isDone(workspace);
        }
        if (complete && leases.tryHold(LEASE, self, interval, patience())) {
            meters.succeeded();
        } else {
            leases.release(LEASE, self, patience());
        }
        return complete;
    }

    private boolean isDone(Workspace workspace) {
        try {
            return !isStopping() && batches.removeAll(workspace.id());
        } catch (RuntimeException e) {
            failed("Retention of workspace " + workspace.id() + " failed, and is tried again: " + e.getMessage());
            return false;
        }
    }

    private void failed(String message) {
        meters.failed();
        LOG.warn(message);
    }

    boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** Asked between two batches. */
    private boolean mayGoOn() {
        return !isStopping() && leases.tryHold(LEASE, self, LEASE_TIME, patience());
    }

    /** Stops after the batch that is being removed; one that takes long is left to the database, which takes it back. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(LONGEST_STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
