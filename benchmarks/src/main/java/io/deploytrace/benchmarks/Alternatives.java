package io.deploytrace.benchmarks;

import io.deploytrace.buffer.BufferedSpanWriter;
import io.deploytrace.span.Span;
import io.deploytrace.store.postgres.PostgresSpanStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Other ways of writing the same rows into our table, each beside ours: by one connection, a trace a call and a hundred
 * traces a call; and one flusher beside two. The other ways look for duplicates too, but write no read model.
 */
final class Alternatives implements Bench {

    private static final int TRACES = 480;
    private static final int TRACES_OF_A_CALL = 100;
    private static final int THREADS = 16;

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        var figures = new ArrayList<Figure>();
        for (var traces : new int[] {1, TRACES_OF_A_CALL}) {
            figures.addAll(beside(setting, "an INSERT a span", "inserts_" + traces, traces, Alternatives::inserts));
            figures.addAll(beside(setting, "INSERTs of many rows", "rows_" + traces, traces, Alternatives::manyRows));
            figures.addAll(beside(setting, "COPY and INSERT", "staged_" + traces, traces, Alternatives::staged));
        }
        figures.add(oneFlusherBesideTwo(setting));
        return figures;
    }

    @FunctionalInterface
    private interface Opening {
        TraceWriter of(Database database) throws Exception;
    }

    private static TraceWriter inserts(Database database) throws Exception {
        return SpecificationWriter.inserting(database.dataSource());
    }

    /** The driver makes statements of many rows of a batch. */
    private static TraceWriter manyRows(Database database) throws Exception {
        database.dataSource().setReWriteBatchedInserts(true);
        return SpecificationWriter.inserting(database.dataSource());
    }

    private static TraceWriter staged(Database database) throws Exception {
        return new StagedCopy(database.dataSource());
    }

    private static List<Figure> beside(Setting setting, String name, String database, int traces, Opening other)
            throws Exception {
        var ours = filled(setting, "ours_beside_" + database);
        var theirs = filled(setting, database);
        var load = new Load(setting.server());
        try (var pool = ours.pool(1);
                var writer = other.of(theirs)) {
            var store = TraceWriter.of(PostgresSpanStore.builder(pool).build());
            var comparison = Comparison.run(
                    name + ", traces a call: " + traces,
                    setting,
                    () -> load.run(List.of(store), calls(setting, traces)),
                    () -> load.run(List.of(writer), calls(setting, traces)));
            var what = "%s, %d %s a call".formatted(name, traces, traces == 1 ? "trace" : "traces");
            return List.of(
                    Figure.reported("our speed over: " + what, comparison.ratio(Round::spansPerSecond)),
                    Figure.reported("our server time over: " + what, comparison.ratio(Round::serverMicros)));
        }
    }

    private static Figure oneFlusherBesideTwo(Setting setting) throws Exception {
        var one = filled(setting, "one_flusher");
        var two = filled(setting, "two_flushers");
        var load = new Load(setting.server());
        try (var onePool = one.pool(1);
                var twoPool = two.pool(2);
                var single = BufferedSpanWriter.builder(
                                PostgresSpanStore.builder(onePool).build())
                        .flushers(1)
                        .build();
                var twin = BufferedSpanWriter.builder(
                                PostgresSpanStore.builder(twoPool).build())
                        .flushers(2)
                        .build()) {
            var comparison = Comparison.run(
                    "two flushers (baseline: one)",
                    setting,
                    () -> load.run(Collections.nCopies(THREADS, TraceWriter.of(twin)), calls(setting, 1)),
                    () -> load.run(Collections.nCopies(THREADS, TraceWriter.of(single)), calls(setting, 1)));
            return Figure.reported(
                    "two flushers: speed over one, %d threads".formatted(THREADS),
                    comparison.ratio(Round::spansPerSecond));
        }
    }

    private static Database filled(Setting setting, String name) throws Exception {
        var database = setting.server().ours(name);
        Fill.ours(database, setting.workload(), setting.traces(Fill.START));
        return database;
    }

    /** The next traces, so many of them in each call. */
    private static List<List<List<Span>>> calls(Setting setting, int tracesOfACall) {
        var traces = setting.workload().traces(setting.traces(TRACES));
        var calls = new ArrayList<List<Span>>();
        for (var from = 0; from < traces.size(); from += tracesOfACall) {
            calls.add(traces.subList(from, Math.min(traces.size(), from + tracesOfACall)).stream()
                    .flatMap(List::stream)
                    .toList());
        }
        return Load.calls(calls);
    }
}
