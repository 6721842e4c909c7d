package io.deploytrace.benchmarks;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What C makes: rows that are encoded already, copied by one connection and by two. */
final class CopyBench implements Bench {

    /** With as many it is the fastest where there are two processors. */
    static final int CONNECTIONS = 2;

    private static final int TRACES = 1_600;

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        var database = setting.server().ours("copied");
        var figures = new ArrayList<Figure>();
        for (var connections = 1; connections <= CONNECTIONS; connections++) {
            var rounds = new ArrayList<Round>();
            for (var round = 0; round < setting.rounds(); round++) {
                rounds.add(round(setting, database, connections));
                Log.line("COPY, connections: " + connections + ": " + rounds.get(round));
            }
            figures.add(Figure.reported(
                    "COPY from %d connections, spans a second".formatted(connections),
                    Spread.of(rounds.stream().map(Round::spansPerSecond).toList())));
        }
        return figures;
    }

    /** Copies as many traces, encoded before the clock starts, by this number of connections at once. */
    static Round round(Setting setting, Database database, int connections) throws Exception {
        var traces = setting.workload().traces(setting.traces(TRACES));
        var copies = CopyLimit.encode(traces);
        var pool = Executors.newFixedThreadPool(connections);
        try (var limits = Limits.open(database, connections)) {
            var tasks = limits.tasks(copies);
            var server = setting.server().processorTime();
            var begin = System.nanoTime();
            for (Future<?> task : pool.invokeAll(tasks)) {
                task.get();
            }
            var wall = Duration.ofNanos(System.nanoTime() - begin);
            var serverTime = setting.server().processorTime().minus(server);
            return new Round(traces.size() * WorkloadTrace.SPANS, wall, Duration.ZERO, serverTime, Duration.ZERO, 0);
        } finally {
            pool.shutdown();
        }
    }

    private record Limits(List<CopyLimit> limits) implements AutoCloseable {

        static Limits open(Database database, int connections) throws SQLException {
            var limits = new ArrayList<CopyLimit>();
            for (var i = 0; i < connections; i++) {
                limits.add(new CopyLimit(database.dataSource()));
            }
            return new Limits(limits);
        }

        List<Callable<Void>> tasks(List<byte[]> copies) {
            var tasks = new ArrayList<Callable<Void>>();
            for (var i = 0; i < limits.size(); i++) {
                var number = i;
                tasks.add(() -> {
                    for (var copy = number; copy < copies.size(); copy += limits.size()) {
                        limits.get(number).copy(copies.get(copy));
                    }
                    return null;
                });
            }
            return tasks;
        }

        @Override
        public void close() throws SQLException {
            for (var limit : limits) {
                limit.close();
            }
        }
    }
}
