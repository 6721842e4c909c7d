package io.deploytrace.store.postgres;

import io.deploytrace.store.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/**
 * Asks the server to cancel what a connection is doing when the call's deadline passes. The driver's own query timeout would
 * make the call wait for as long as the request to cancel takes, which on a broken network is seconds. Where the call goes on all the
 * same, the connection is closed under it: the socket's timeout ends waiting for an answer, but not sending, which on a dead network
 * takes as long as the system tries, a quarter of an hour.
 */
final class Watch {

    /** How long after the deadline a call may still wait, for the server's word that it cancelled. */
    static final Duration GRACE = Duration.ofMillis(500);

    private final ScheduledExecutorService alarms;
    private final Connection connection;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final Future<?> alarm;
    private boolean ended;

    Watch(ScheduledExecutorService alarms, Connection connection, Deadline deadline) {
        this.alarms = alarms;
        this.connection = connection;
        alarm = alarms.schedule(this::startCancel, deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** One thread for all watches of a database; it ends when there has been nothing to watch for a while. */
    static ScheduledExecutorService alarms() {
        var alarms = new ScheduledThreadPoolExecutor(1, work -> thread(work, "deploytrace-deadline"));
        alarms.setRemoveOnCancelPolicy(true);
        alarms.setKeepAliveTime(10, TimeUnit.SECONDS);
        alarms.allowCoreThreadTimeOut(true);
        return alarms;
    }

    private void startCancel() {
        thread(this::cancel, "deploytrace-cancel").start();
        var unused = alarms.schedule(
                () -> thread(this::abort, "deploytrace-abort").start(), GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cancel() {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException unreachable) {
            // Then the socket's timeout ends the call, or abort does.
        } finally {
            cancelled.countDown();
        }
    }

    private synchronized void abort() {
        try {
            if (!ended) {
                connection.abort(Runnable::run);
            }
        } catch (SQLException refused) {
            // Then the system ends the call in its own time.
        }
    }

    /** Once this has returned, nothing that is meant for this call can hit the connection's next user. */
    void end() throws SQLException {
        release();
        if (!alarm.cancel(false) && !hasCancelled()) {
            connection.abort(Runnable::run);
        }
    }

    private synchronized void release() {
        ended = true;
    }

    private boolean hasCancelled() throws SQLException {
        try {
            return connection.isClosed() || cancelled.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Thread thread(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
