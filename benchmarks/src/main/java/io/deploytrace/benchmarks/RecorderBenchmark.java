package io.deploytrace.benchmarks;

import io.deploytrace.recorder.ReconcileTarget;
import io.deploytrace.store.WriteResult;
import io.deploytrace.vocabulary.Status;
import io.opentelemetry.api.trace.Span;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a recorder costs beyond its root span, and what handing a reconcile of {@value Reconcile#SPANS} spans to a store
 * costs beyond recording it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RecorderBenchmark {

    @Benchmark
    public ReconcileTarget root() {
        var recorder =
                ReconcileTarget.builder(BareSdk.WORKSPACE, BareSdk.TARGET).start();
        recorder.complete(Status.COMPLETED);
        return recorder;
    }

    @Benchmark
    public Span bareSdkRoot() {
        var root = BareSdk.root();
        BareSdk.end(root, "completed");
        return root;
    }

    @Benchmark
    public ReconcileTarget reconcile() {
        return Reconcile.record();
    }

    /** The store only looks at what it is given. */
    @Benchmark
    public ReconcileTarget reconcileAndPersist(Blackhole store) {
        var recorder = Reconcile.record();
        recorder.persist((spans, deadline) -> {
            spans.forEach(store::consume);
            return new WriteResult(spans.size(), 0, 0);
        });
        return recorder;
    }

    /** Three times as it grows, as a controller does that persists after each phase. */
    @Benchmark
    public ReconcileTarget reconcileAndPersistThrice(Blackhole store) {
        return Reconcile.record(recorder -> recorder.persist((spans, deadline) -> {
            spans.forEach(store::consume);
            return new WriteResult(spans.size(), 0, 0);
        }));
    }
}
