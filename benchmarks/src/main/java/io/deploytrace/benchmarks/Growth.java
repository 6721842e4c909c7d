package io.deploytrace.benchmarks;

import io.deploytrace.store.postgres.PostgresSpanStore;
import java.util.List;

/** What a span costs in a table of 2.5 million rows over what it costs in one of 100 thousand. */
final class Growth implements Bench {

    private static final int SMALL = 100_000 / WorkloadTrace.SPANS;
    private static final int LARGE = 2_500_000 / WorkloadTrace.SPANS;
    private static final int TRACES = 1_000;
    private static final double GOAL = 1.15;

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        var small = filled(setting, "ours_small", SMALL);
        var large = filled(setting, "ours_large", LARGE);
        var count = setting.traces(TRACES);
        var load = new Load(setting.server());
        try (var smallPool = small.pool(1);
                var largePool = large.pool(1)) {
            var inSmall = TraceWriter.of(PostgresSpanStore.builder(smallPool).build());
            var inLarge = TraceWriter.of(PostgresSpanStore.builder(largePool).build());
            return figures(Comparison.run(
                    "growth (baseline: the small table)",
                    setting,
                    () -> load.run(
                            List.of(inLarge), Load.calls(setting.workload().traces(count))),
                    () -> load.run(
                            List.of(inSmall), Load.calls(setting.workload().traces(count)))));
        }
    }

    private static Database filled(Setting setting, String name, int traces) throws Exception {
        var database = setting.server().ours(name);
        Fill.ours(database, setting.workload(), setting.traces(traces));
        Log.line(name + " holds " + database.number("SELECT count(*) FROM deployment_trace_span") + " spans.");
        return database;
    }

    private static List<Figure> figures(Comparison largeOverSmall) {
        return List.of(
                Figure.atMost(
                        "growth: time a span, 2.5 million rows over 100 thousand",
                        GOAL,
                        largeOverSmall.ratio(round -> 1 / round.spansPerSecond())),
                Figure.atMost(
                        "growth: server time a span, 2.5 million rows over 100 thousand",
                        GOAL,
                        largeOverSmall.ratio(Round::serverMicros)));
    }
}
