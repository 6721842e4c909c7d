package io.deploytrace.server;

import io.deploytrace.store.SpanStoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Logs failures of requests: of each kind one at once, and the others counted, at most every {@link #INTERVAL}, so that neither clients nor a
 * broken database can fill the log. Safe for use by several threads.
 */
final class FailureLog {

    static final Duration INTERVAL = Duration.ofSeconds(10);

    /** Runs a task after a time; may refuse to. */
    @FunctionalInterface
    interface Timer {
        void after(Duration delay, Runnable task);
    }

    /** Where lines go. */
    @FunctionalInterface
    interface Lines {
        void write(Level level, String line, @Nullable Throwable cause);
    }

    private record Kind(Level level, String name) {}

    private final Lines log;
    private final Timer timer;
    private final Map<Kind, Integer> leftOut = new HashMap<>();

    FailureLog(Lines log, Timer timer) {
        this.log = log;
        this.timer = timer;
    }

    /**
     * Logs a failure, or counts it if one of its kind was logged just now.
     *
     * @param what what failed: with the class of the cause, its kind
     * @param detail what differs from one to the next; empty if nothing does
     */
    void failed(String what, String detail, Throwable cause) {
        failed(Level.ERROR, what, detail, cause);
    }

    private void failed(Level level, String what, String detail, Throwable cause) {
        var kind = new Kind(level, what + " (" + cause.getClass().getSimpleName() + ")");
        if (isFirst(kind)) {
            log.write(level, detail.isEmpty() ? what : what + ": " + detail, detail.isEmpty() ? cause : null);
            summarizeLater(kind);
        }
    }

    /** Logs a failure to check a key, also where asking again may help: requests end there, and nothing behind it would tell. */
    void checkingKeys(SpanStoreException failure) {
        var level = failure.isRetryable() ? Level.WARN : Level.ERROR;
        failed(level, "A key could not be checked", String.valueOf(failure.getMessage()), failure);
    }

    /** Logs a failure to read, unless asking again may help: then the client is told so. */
    void reading(SpanStoreException failure) {
        if (!failure.isRetryable()) {
            failed("A question could not be answered", String.valueOf(failure.getMessage()), failure);
        }
    }

    private synchronized boolean isFirst(Kind kind) {
        return leftOut.merge(kind, 0, (count, none) -> count + 1) == 0;
    }

    private void summarizeLater(Kind kind) {
        try {
            timer.after(INTERVAL, () -> summarize(kind));
        } catch (RejectedExecutionException stopping) {
            // The last are summed up when the server has stopped.
        }
    }

    private void summarize(Kind kind) {
        var count = take(kind);
        if (count > 0) {
            tell(kind, count);
            summarizeLater(kind);
        }
    }

    /** How many were left out; if none, the next is logged at once again. */
    private synchronized int take(Kind kind) {
        var count = leftOut.getOrDefault(kind, 0);
        if (count == 0) {
            leftOut.remove(kind);
        } else {
            leftOut.put(kind, 0);
        }
        return count;
    }

    private void tell(Kind kind, int count) {
        log.write(kind.level(), "And " + count + " more: " + kind.name(), null);
    }

    /** Says what wasn't said yet. */
    synchronized void close() {
        leftOut.forEach((kind, count) -> {
            if (count > 0) {
                tell(kind, count);
            }
        });
        leftOut.clear();
    }
}
