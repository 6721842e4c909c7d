package io.deploytrace.benchmarks;

import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.store.postgres.PostgresSpanStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Complete traces from 16 threads through one buffered writer: each waits until its trace is durable, and, for comparison, each
 * has several on their way and waits for the oldest. Beside R from 16 threads with a connection each, and beside C.
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
        try (var pool = ours.pool(THREADS);
                var buffer = BufferedSpanWriter.builder(
                                PostgresSpanStore.builder(pool).build())
                        .build();
                var baseline = Writers.specification(specification, THREADS)) {
            var load = new Load(setting.server());
            var count = setting.traces(TRACES);
            var beside = new Beside(setting, setting.server().ours("copied_buffered"));
            var waiting = Comparison.run(
                    "through the buffer, threads: " + THREADS,
                    setting,
                    () -> {
                        beside.copy();
                        beside.underWay.add(load.run(
                                Stream.generate(() -> new UnderWay(buffer))
                                        .limit(THREADS)
                                        .toList(),
                                Load.calls(setting.workload().traces(count))));
                        return load.run(
                                Collections.nCopies(THREADS, TraceWriter.of(buffer)),
                                Load.calls(setting.workload().traces(count)));
                    },
                    () -> load.run(
                            baseline.writers(),
                            Load.calls(RandomIds.of(setting.workload().traces(count)))));
            return beside.figures(waiting);
        }
    }

    /** What is measured in the same rounds. */
    private static final class Beside {

        private final Setting setting;
        private final Database copied;
        private final List<Round> limits = new ArrayList<>();
        private final List<Round> sessions = new ArrayList<>();
        private final List<Round> underWay = new ArrayList<>();

        private Beside(Setting setting, Database copied) {
            this.setting = setting;
            this.copied = copied;
        }

        private void copy() throws Exception {
            sessions.add(CopyBench.round(setting, copied, 1));
            limits.add(CopyBench.round(setting, copied, CopyBench.CONNECTIONS));
        }

        private List<Figure> figures(Comparison waiting) {
            var figures = new ArrayList<Figure>();
            figures.addAll(ofWaiting(waiting, over(waiting.ours(), limits), over(waiting.ours(), sessions)));
            figures.addAll(ofUnderWay(new Comparison(counted(underWay), waiting.baseline())));
            return figures;
        }

        private Comparison over(List<Round> ours, List<Round> copies) {
            return new Comparison(ours, counted(copies));
        }

        private List<Round> counted(List<Round> rounds) {
            return rounds.subList(setting.warmUps(), rounds.size());
        }

        private List<Figure> ofUnderWay(Comparison overR) {
            var name = "buffered, %d traces of each thread under way: ".formatted(UnderWay.MOST);
            var overC = over(overR.ours(), limits);
            return List.of(
                    Figure.reported(name + "speed, over R", overR.ratio(Round::spansPerSecond)),
                    Figure.reported(name + "speed, over C", overC.ratio(Round::spansPerSecond)),
                    Figure.reported(name + "server µs a span", overR.ours(Round::serverMicros)));
        }
    }

    private static List<Figure> ofWaiting(Comparison overR, Comparison overC, Comparison overOneSession) {
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
