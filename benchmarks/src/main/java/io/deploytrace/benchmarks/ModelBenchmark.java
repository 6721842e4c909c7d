package io.deploytrace.benchmarks;

import io.deploytrace.query.TraceSummary;
import io.deploytrace.span.Span;
import io.deploytrace.store.SpanBatch;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What every write costs before a store encodes anything: checking the spans of a trace, and its summary. Per span; the
 * traces are those of the workload, one after the other.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ModelBenchmark {

    private static final int TRACES = 256;
    private static final long SEED = 1;

    private final List<List<Span>> traces = new Workload(SEED).traces(TRACES);
    private final List<List<Span>> checked =
            traces.stream().map(trace -> SpanBatch.of(trace).spans()).toList();
    private int next;

    /** The checks, the order and the traces of a batch. */
    @Benchmark
    @OperationsPerInvocation(WorkloadTrace.SPANS)
    public SpanBatch batch() {
        return SpanBatch.of(traces.get(next()));
    }

    /** The outcome, the cause and the fingerprint of a trace, in the order of a batch. */
    @Benchmark
    @OperationsPerInvocation(WorkloadTrace.SPANS)
    public TraceSummary summary() {
        return TraceSummary.of(checked.get(next()));
    }

    private int next() {
        next = (next + 1) % TRACES;
        return next;
    }
}
