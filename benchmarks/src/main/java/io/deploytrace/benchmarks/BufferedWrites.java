package io.deploytrace.benchmarks;

import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.store.postgres.PostgresSpanStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Complete traces from 16 threads through one buffered writer, each of which waits until its trace is durable; beside R
 * from 16 threads with a connection each, and beside C.
 */
final class BufferedWrites implements Bench {

    private static final int THREADS = 16;
    private static final int TRACES = 4_000;

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        var ours = setting.server().ours("ours_buffered");
        var specification = setting.server().specification("specification_buffered");
        Fill.ours(ours, setting.workload(), setting.traces(Fill.START));
        Fill.specification(specification, setting.workload(), setting.traces(Fill.START));
        var copied = setting.server().ours("copied_buffered");
        var limits = new ArrayList<Round>();
        var sessions = new ArrayList<Round>();
        try (var pool = ours.pool(THREADS);
                var buffer = BufferedSpanWriter.builder(
                                PostgresSpanStore.builder(pool).build())
                        .build();
                var baseline = Writers.specification(specification, THREADS)) {
            var writers = Collections.nCopies(THREADS, TraceWriter.of(buffer));
            var load = new Load(setting.server());
            var count = setting.traces(TRACES);
            var comparison = Comparison.run(
                    "through the buffer, threads: " + THREADS,
                    setting,
                    () -> {
                        sessions.add(CopyBench.round(setting, copied, 1));
                        limits.add(CopyBench.round(setting, copied, CopyBench.CONNECTIONS));
                        return load.run(writers, Load.calls(setting.workload().traces(count)));
                    },
                    () -> load.run(
                            baseline.writers(),
                            Load.calls(RandomIds.of(setting.workload().traces(count)))));
            return figures(comparison, beside(comparison, setting, limits), beside(comparison, setting, sessions));
        }
    }

    private static Comparison beside(Comparison comparison, Setting setting, List<Round> copies) {
        return new Comparison(comparison.ours(), copies.subList(setting.warmUps(), copies.size()));
    }

    private static List<Figure> figures(Comparison overR, Comparison overC, Comparison overOneSession) {
        return List.of(
                Figure.atLeast("buffered: speed from 16 threads, over R", 2, overR.ratio(Round::spansPerSecond)),
                Figure.atLeast("buffered: speed from 16 threads, over C", 0.7, overC.ratio(Round::spansPerSecond)),
                Figure.reported(
                        "buffered: speed from 16 threads, over C on one connection",
                        overOneSession.ratio(Round::spansPerSecond)),
                Figure.atMost("buffered: p99 of a caller's wait, over R", 1, overR.ratio(Round::p99Milliseconds)),
                Figure.reported("buffered: server µs a span", overR.ours(Round::serverMicros)),
                Figure.reported("buffered: server µs a span, C", overC.baseline(Round::serverMicros)));
    }
}
