package io.deploytrace.benchmarks;

import io.deploytrace.store.postgres.PostgresSpanStore;
import java.util.List;

/** Each trace written three times while it grows, read model included; beside R, which upserts. */
final class LivePersist implements Bench {

    private static final int TRACES = 800;

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        var ours = setting.server().ours("ours_live");
        var specification = setting.server().specification("specification_live");
        Fill.ours(ours, setting.workload(), setting.traces(Fill.START));
        Fill.specification(specification, setting.workload(), setting.traces(Fill.START));
        var load = new Load(setting.server());
        var count = setting.traces(TRACES);
        try (var pool = ours.pool(1);
                var baseline = SpecificationWriter.upserting(specification.dataSource())) {
            var store = TraceWriter.of(PostgresSpanStore.builder(pool).build());
            var comparison = Comparison.run(
                    "live",
                    setting,
                    () -> load.run(List.of(store), setting.workload().growingTraces(count)),
                    () -> load.run(
                            List.of(baseline),
                            RandomIds.ofGrowing(setting.workload().growingTraces(count))));
            return List.of(
                    Figure.atLeast("live: speed, over R with upserts", 0.8, comparison.ratio(Round::spansPerSecond)),
                    Figure.reported("live: server µs a span", comparison.ours(Round::serverMicros)),
                    Figure.reported("live: server µs a span, R", comparison.baseline(Round::serverMicros)));
        }
    }
}
