package io.deploytrace.buffer;

import io.deploytrace.store.Deadline;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Ends a buffer, once, when it is closed or when the JVM ends. Safe for use by several threads. */
final class Shutdown {

    private final Pipeline pipeline;
    private final Threads threads;
    private final @Nullable Spool spool;
    private final Duration time;
    private final Reports reports;
    private final Thread hook = new Thread(this::end, "deploytrace-buffer-shutdown");
    private boolean hooked;
    private boolean done;

    Shutdown(Pipeline pipeline, Threads threads, @Nullable Spool spool, Duration time, Reports reports) {
        this.pipeline = pipeline;
        this.threads = threads;
        this.spool = spool;
        this.time = time;
        this.reports = reports;
    }

    /** Runs also when the JVM ends. */
    synchronized void hook() {
        Runtime.getRuntime().addShutdownHook(hook);
        hooked = true;
    }

    /** Ends the buffer; whoever comes second waits for the first. */
    void run() {
        end();
        unhook();
    }

    private synchronized void end() {
        if (done) {
            return;
        }
        done = true;
        var deadline = Deadline.after(time);
        pipeline.end(time);
        threads.awaitEnd(deadline);
        closeSpool();
    }

    private void closeSpool() {
        try {
            if (spool != null) {
                spool.close();
            }
        } catch (IOException failure) {
            reports.spoolFailed(failure);
        }
    }

    private synchronized void unhook() {
        if (!hooked) {
            return;
        }
        hooked = false;
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // Then the hook has run, or waits for this.
        }
    }
}
