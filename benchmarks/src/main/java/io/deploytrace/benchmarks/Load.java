package io.deploytrace.benchmarks;

import com.sun.management.ThreadMXBean;
import io.deploytrace.span.Span;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Writes traces from several threads at once, each of which has a writer of its own, and measures it. */
final class Load {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final BenchmarkServer server;

    Load(BenchmarkServer server) {
        this.server = server;
    }

    /** What one thread used. */
    private record Share(List<Long> waits, long processor, long allocated) {}

    /** Writes each trace once; every trace is a list of the calls it takes. */
    Round run(List<? extends TraceWriter> writers, List<List<List<Span>>> traces)
            throws SQLException, InterruptedException {
        var pool = Executors.newFixedThreadPool(writers.size());
        try {
            var start = new CountDownLatch(1);
            var shares = new ArrayList<Future<Share>>();
            for (var i = 0; i < writers.size(); i++) {
                var writer = writers.get(i);
                var part = part(traces, i, writers.size());
                shares.add(pool.submit(() -> {
                    start.await();
                    return share(writer, part);
                }));
            }
            var serverBefore = server.processorTime();
            var begin = System.nanoTime();
            start.countDown();
            var done = all(shares);
            var wall = Duration.ofNanos(System.nanoTime() - begin);
            return round(traces, wall, done, server.processorTime().minus(serverBefore));
        } finally {
            pool.shutdown();
        }
    }

    /** Each trace in one call. */
    static List<List<List<Span>>> calls(List<List<Span>> traces) {
        return traces.stream().map(List::of).toList();
    }

    private static <T> List<T> part(List<T> all, int number, int parts) {
        var part = new ArrayList<T>();
        for (var i = number; i < all.size(); i += parts) {
            part.add(all.get(i));
        }
        return part;
    }

    private static Share share(TraceWriter writer, List<List<List<Span>>> traces) throws SQLException {
        var waits = new long[traces.stream().mapToInt(List::size).sum()];
        var call = 0;
        var thread = Thread.currentThread().getId();
        var allocated = THREADS.getThreadAllocatedBytes(thread);
        var processor = THREADS.getCurrentThreadCpuTime();
        for (var trace : traces) {
            for (var spans : trace) {
                var begin = System.nanoTime();
                writer.write(spans);
                waits[call++] = System.nanoTime() - begin;
            }
        }
        writer.finish();
        return new Share(
                Arrays.stream(waits).boxed().toList(),
                THREADS.getCurrentThreadCpuTime() - processor,
                THREADS.getThreadAllocatedBytes(thread) - allocated);
    }

    private static List<Share> all(List<Future<Share>> futures) throws InterruptedException {
        var shares = new ArrayList<Share>();
        for (var future : futures) {
            try {
                shares.add(future.get());
            } catch (ExecutionException failure) {
                throw new IllegalStateException("A round failed", failure.getCause());
            }
        }
        return shares;
    }

    private static Round round(List<List<List<Span>>> traces, Duration wall, List<Share> shares, Duration serverTime) {
        var spans =
                traces.stream().mapToInt(calls -> calls.get(calls.size() - 1).size());
        var waits = shares.stream()
                .flatMap(share -> share.waits().stream())
                .sorted()
                .toList();
        return new Round(
                spans.sum(),
                wall,
                Duration.ofNanos(waits.get(Math.min(waits.size() - 1, waits.size() * 99 / 100))),
                serverTime,
                Duration.ofNanos(shares.stream().mapToLong(Share::processor).sum()),
                shares.stream().mapToLong(Share::allocated).sum());
    }
}
