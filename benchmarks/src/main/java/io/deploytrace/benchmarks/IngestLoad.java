package io.deploytrace.benchmarks;

import io.deploytrace.span.Span;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Brings traces in from several threads at once, one trace a call, and measures it.
 *
 * @param threads how many call at once
 * @param database where the traces go in the end
 * @param server the process of the server
 */
record IngestLoad(int threads, BenchmarkServer database, ProcessHandle server) {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private record Times(Duration database, Duration server, Duration client) {

        Times minus(Times before) {
            return new Times(database.minus(before.database), server.minus(before.server), client.minus(before.client));
        }
    }

    /** Each trace once; what can be made ready before is. */
    IngestRound run(IngestWay way, List<List<Span>> traces) throws InterruptedException {
        var encoding = THREADS.getCurrentThreadCpuTime();
        var calls = traces.stream().map(way::prepare).toList();
        encoding = THREADS.getCurrentThreadCpuTime() - encoding;
        var waits = new long[calls.size()];
        var next = new AtomicInteger();
        Callable<Void> caller = () -> {
            for (var call = next.getAndIncrement(); call < waits.length; call = next.getAndIncrement()) {
                var begin = System.nanoTime();
                calls.get(call).run();
                waits[call] = System.nanoTime() - begin;
            }
            return null;
        };
        var before = times();
        var begin = System.nanoTime();
        callAtOnce(caller);
        var wall = Duration.ofNanos(System.nanoTime() - begin);
        var used = times().minus(before);
        Arrays.sort(waits);
        return new IngestRound(
                traces.stream().mapToInt(List::size).sum(),
                wall,
                Duration.ofNanos(waits[waits.length / 2]),
                Duration.ofNanos(waits[Math.min(waits.length - 1, waits.length * 99 / 100)]),
                used.database(),
                used.server(),
                used.client(),
                Duration.ofNanos(encoding));
    }

    private void callAtOnce(Callable<Void> caller) throws InterruptedException {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            for (var done :
                    pool.invokeAll(Stream.generate(() -> caller).limit(threads).toList())) {
                done.get();
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("A round failed", failure.getCause());
        } finally {
            pool.shutdown();
        }
    }

    private Times times() {
        return new Times(database.processorTime(), processorTime(server), processorTime(ProcessHandle.current()));
    }

    private static Duration processorTime(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
