package io.deploytrace.server;

import io.deploytrace.store.SpanStoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

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

    private final BiConsumer<String, @Nullable Throwable> log;
    private final Timer timer;
    private final Map<String, Integer> leftOut = new HashMap<>();

    FailureLog(BiConsumer<String, @Nullable Throwable> log, Timer timer) {
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
        var kind = what + " (" + cause.getClass().getSimpleName() + ")";
        if (isFirst(kind)) {
            log.accept(detail.isEmpty() ? what : what + ": " + detail, detail.isEmpty() ? cause : null);
            summarizeLater(kind);
        }
    }

    /** Logs a failure to read, unless asking again may help: then the client is told so. */
    void reading(SpanStoreException failure) {
        if (!failure.isRetryable()) {
            failed("A question could not be answered", String.valueOf(failure.getMessage()), failure);
        }
    }

    private synchronized boolean isFirst(String kind) {
        return leftOut.merge(kind, 0, (count, none) -> count + 1) == 0;
    }

    private void summarizeLater(String kind) {
        try {
            timer.after(INTERVAL, () -> summarize(kind));
        } catch (RejectedExecutionException stopping) {
            // The last are summed up when the server has stopped.
        }
    }

    private void summarize(String kind) {
        var count = take(kind);
        if (count > 0) {
            tell(kind, count);
            summarizeLater(kind);
        }
    }

    /** How many were left out; if none, the next is logged at once again. */
    private synchronized int take(String kind) {
        var count = leftOut.getOrDefault(kind, 0);
        if (count == 0) {
            leftOut.remove(kind);
        } else {
            leftOut.put(kind, 0);
        }
        return count;
    }

    private void tell(String kind, int count) {
        log.accept("And " + count + " more: " + kind, null);
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
