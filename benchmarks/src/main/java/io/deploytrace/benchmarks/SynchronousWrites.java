package io.deploytrace.benchmarks;

import io.deploytrace.store.postgres.PostgresSpanStore;
import java.util.Collections;
import java.util.List;

/** One complete trace a call, from one thread or several, each with a connection of its own; beside R. */
final class SynchronousWrites implements Bench {

    private static final int TRACES = 2_000;

    private final int threads;

    SynchronousWrites(int threads) {
        this.threads = threads;
    }

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        var ours = setting.server().ours("ours_" + threads);
        var specification = setting.server().specification("specification_" + threads);
        Fill.ours(ours, setting.workload(), setting.traces(Fill.START));
        Fill.specification(specification, setting.workload(), setting.traces(Fill.START));
        try (var pool = ours.pool(threads);
                var baseline = Writers.specification(specification, threads)) {
            var store = TraceWriter.of(PostgresSpanStore.builder(pool).build());
            return figures(compare(setting, Collections.nCopies(threads, store), baseline.writers()));
        }
    }

    private Comparison compare(Setting setting, List<TraceWriter> ours, List<? extends TraceWriter> baseline)
            throws Exception {
        var load = new Load(setting.server());
        var count = setting.traces(threads == 1 ? TRACES : 2 * TRACES);
        return Comparison.run(
                "one trace a call, threads: " + threads,
                setting,
                () -> load.run(ours, Load.calls(setting.workload().traces(count))),
                () -> load.run(
                        baseline, Load.calls(RandomIds.of(setting.workload().traces(count)))));
    }

    private List<Figure> figures(Comparison comparison) {
        var speed = comparison.ratio(Round::spansPerSecond);
        var p99 = comparison.ratio(Round::p99Milliseconds);
        if (threads > 1) {
            return List.of(
                    Figure.atLeast("speed from %d threads, over R".formatted(threads), 1.5, speed),
                    Figure.reported("p99 from %d threads, over R".formatted(threads), p99));
        }
        return List.of(
                Figure.atLeast("speed on one connection, over R", 1.35, speed),
                Figure.atMost("p99 on one connection, over R", 1.1, p99),
                Figure.reported("server µs a span", comparison.ours(Round::serverMicros)),
                Figure.reported("server µs a span, R", comparison.baseline(Round::serverMicros)),
                Figure.atMost("client µs a span", 10, comparison.ours(Round::clientMicros)),
                Figure.reported("client µs a span, R", comparison.baseline(Round::clientMicros)),
                Figure.reported("client bytes allocated a span", comparison.ours(Round::bytesPerSpan)),
                Figure.reported("client bytes allocated a span, R", comparison.baseline(Round::bytesPerSpan)));
    }
}
