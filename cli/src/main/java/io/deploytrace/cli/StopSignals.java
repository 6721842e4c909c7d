package io.deploytrace.cli;

import io.deploytrace.ci.SignalHandlers;
import java.util.concurrent.CountDownLatch;

/**
 * Lets a command end by itself when it is told to (SIGTERM, or Ctrl-C). A shutdown hook couldn't do that: hooks run at once and
 * together, so that the embedded database would stop beneath requests that are still being answered, and the exit code is the signal's.
 */
final class StopSignals implements AutoCloseable {

    private final CountDownLatch stop = new CountDownLatch(1);
    private final SignalHandlers handlers = SignalHandlers.take(name -> stop(), "TERM", "INT");

    private StopSignals() {}

    /** Takes the signals from now on, until closed. The second one has its usual effect. */
    static StopSignals take() {
        return new StopSignals();
    }

    private void stop() {
        handlers.close();
        stop.countDown();
    }

    /** Waits until one came. */
    void await() throws InterruptedException {
        stop.await();
    }

    /** Gives the signals back. */
    @Override
    public void close() {
        handlers.close();
    }
}
