package io.deploytrace.benchmarks;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes a trace ten times a second, until it is closed. */
final class QuietWriter implements AutoCloseable {

    private static final int MILLISECONDS_BETWEEN = 100;

    private final IngestWay way;
    private final Workload workload;
    private final AtomicLong written = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private @Nullable Future<?> writing;

    QuietWriter(IngestWay way, Workload workload) {
        this.way = way;
        this.workload = workload;
    }

    void start() {
        writing = timer.scheduleAtFixedRate(
                this::write, MILLISECONDS_BETWEEN, MILLISECONDS_BETWEEN, TimeUnit.MILLISECONDS);
    }

    private void write() {
        try {
            way.prepare(workload.traces(1).get(0)).run();
            written.incrementAndGet();
        } catch (Exception failure) {
            throw new IllegalStateException("A trace couldn't be written", failure);
        }
    }

    /**
     * How many traces it has written.
     *
     * @throws ExecutionException if it had to give up
     */
    long written() throws ExecutionException, InterruptedException {
        if (writing != null && writing.isDone()) {
            writing.get();
        }
        return written.get();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
