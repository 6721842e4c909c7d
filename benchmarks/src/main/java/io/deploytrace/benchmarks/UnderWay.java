package io.deploytrace.benchmarks;

import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.WriteResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Submits traces to a buffer without waiting for each: only when several are under way, for the oldest. For use by one
 * thread.
 */
final class UnderWay implements TraceWriter {

    /** How many traces of a thread may be on their way at once. */
    static final int MOST = 8;

    private final BufferedSpanWriter buffer;
    private final Queue<CompletableFuture<WriteResult>> underWay = new ArrayDeque<>();

    UnderWay(BufferedSpanWriter buffer) {
        this.buffer = buffer;
    }

    @Override
    public void write(List<Span> spans) {
        if (underWay.size() == MOST) {
            underWay.remove().join();
        }
        underWay.add(buffer.submit(spans, Deadline.after(Duration.ofMinutes(1))));
    }

    @Override
    public void finish() {
        while (!underWay.isEmpty()) {
            underWay.remove().join();
        }
    }
}
