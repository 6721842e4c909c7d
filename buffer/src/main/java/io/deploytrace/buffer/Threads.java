package io.deploytrace.buffer;

import io.deploytrace.store.Deadline;
import java.util.ArrayList;
import java.util.List;

/** The buffer's own threads. They never keep the process alive. */
final class Threads {

    private final List<Thread> threads = new ArrayList<>();

    static Thread named(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    void start(String name, Runnable work) {
        var thread = named(name, work);
        threads.add(thread);
        thread.start();
    }

    /** Waits for them to end; an interrupt doesn't end the wait, and is kept. */
    void awaitEnd(Deadline deadline) {
        var interrupted = false;
        for (var thread : threads) {
            while (thread.isAlive() && !deadline.hasPassed()) {
                interrupted |= join(thread, deadline);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean join(Thread thread, Deadline deadline) {
        try {
            thread.join(Math.max(1, deadline.remaining().toMillis()));
            return false;
        } catch (InterruptedException interrupted) {
            return true;
        }
    }
}
