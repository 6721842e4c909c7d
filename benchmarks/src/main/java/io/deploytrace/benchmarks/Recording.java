package io.deploytrace.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What recording costs in the controller, by JMH: each round is a process of its own for ours and for the bare SDK. */
final class Recording implements Bench {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        var time = new ArrayList<Double>();
        var bytes = new ArrayList<Double>();
        var beyondRoot = new ArrayList<Double>();
        for (var round = 0; round < Math.min(3, setting.rounds()); round++) {
            var recorded = measure(setting, "SpanBenchmark.recorded");
            var bare = measure(setting, "SpanBenchmark.bareSdk");
            time.add(recorded.nanoseconds() / bare.nanoseconds());
            bytes.add(recorded.bytes() / bare.bytes());
            beyondRoot.add((measure(setting, "RecorderBenchmark.root").nanoseconds()
                            - measure(setting, "RecorderBenchmark.bareSdkRoot").nanoseconds())
                    / 1e3);
        }
        return List.of(
                Figure.atMost("recording a span: time, over S", 1.25, Spread.of(time)),
                Figure.atMost("recording a span: bytes allocated, over S", 1.25, Spread.of(bytes)),
                Figure.atMost("a recorder: µs beyond its root span", 2, Spread.of(beyondRoot)));
    }

    private record Cost(double nanoseconds, double bytes) {}

    private static Cost measure(Setting setting, String benchmark) throws RunnerException {
        var quick = setting.isQuick();
        var options = new OptionsBuilder()
                .include(benchmark + "$")
                .addProfiler(GCProfiler.class)
                .forks(quick ? 0 : 1)
                .warmupIterations(quick ? 1 : 3)
                .measurementIterations(quick ? 1 : 4)
                .warmupTime(TimeValue.milliseconds(quick ? 10 : 700))
                .measurementTime(TimeValue.milliseconds(quick ? 10 : 500))
                .verbosity(VerboseMode.SILENT)
                .build();
        var cost = cost(new Runner(options).run());
        Log.line("%s: %.0f ns, %.0f bytes".formatted(benchmark, cost.nanoseconds(), cost.bytes()));
        return cost;
    }

    private static Cost cost(Collection<RunResult> results) {
        var result = results.iterator().next();
        return new Cost(
                result.getPrimaryResult().getScore(),
                Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED)
                        .getScore());
    }
}
