package io.deploytrace.benchmarks;

import io.deploytrace.store.postgres.PostgresSpanStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What each index and the foreign key cost: how much less a span takes without it. The rounds without and with it
 * take turns.
 */
final class IndexCosts implements Bench {

    private static final int FILLED = 50_000 / WorkloadTrace.SPANS;
    /** A tick of the clock of processor time, 10 ms, is 1 µs a span. */
    private static final int TRACES = 600;

    private static final int ROUNDS = 3;
    private static final int QUICK_PARTS = 2;

    private static final String INDEXES = """
            SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
            FROM pg_index
            WHERE indrelid IN ('deployment_trace_span'::regclass, 'deployment_trace'::regclass) AND NOT indisunique
            ORDER BY 1
            """;

    private static final String FOREIGN_KEY = "deployment_trace_span_workspace_id_fkey";

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        var database = setting.server().ours("ours_costs");
        Fill.ours(database, setting.workload(), setting.traces(FILLED));
        var parts = database.pairs(INDEXES);
        parts.put(
                FOREIGN_KEY,
                "ALTER TABLE deployment_trace_span ADD CONSTRAINT " + FOREIGN_KEY
                        + " FOREIGN KEY (workspace_id) REFERENCES workspace (id) ON DELETE CASCADE");
        var figures = new ArrayList<Figure>();
        try (var pool = database.pool(1)) {
            var store = TraceWriter.of(PostgresSpanStore.builder(pool).build());
            var shown = setting.isQuick() ? QUICK_PARTS : parts.size();
            for (var part : List.copyOf(parts.entrySet()).subList(0, shown)) {
                figures.addAll(new Part(setting, database, store, part.getKey(), part.getValue()).costs());
            }
        }
        return figures;
    }

    /** What can be left out, and how it is made again. */
    private record Part(Setting setting, Database database, TraceWriter store, String name, String definition) {

        List<Figure> costs() throws Exception {
            var server = new ArrayList<Double>();
            var wal = new ArrayList<Double>();
            for (var round = 0; round < Math.min(ROUNDS, setting.rounds()); round++) {
                var with = measure();
                drop();
                var without = measure();
                database.execute(definition);
                server.add(with.getValue() - without.getValue());
                wal.add(with.getKey() - without.getKey());
            }
            return List.of(
                    Figure.reported("server µs a span for " + name, Spread.of(server)),
                    Figure.reported("WAL bytes a span for " + name, Spread.of(wal)));
        }

        private void drop() throws SQLException {
            database.execute(
                    name.equals(FOREIGN_KEY)
                            ? "ALTER TABLE deployment_trace_span DROP CONSTRAINT " + name
                            : "DROP INDEX " + name);
        }

        /** Bytes of the write-ahead log and microseconds of the server, for each span. */
        private Map.Entry<Double, Double> measure() throws Exception {
            var traces = setting.workload().traces(setting.traces(TRACES));
            var position = database.walPosition();
            var round = new Load(setting.server()).run(List.of(store), Load.calls(traces));
            var bytes = (database.walPosition() - position) / (double) round.spans();
            return Map.entry(bytes, round.serverMicros());
        }
    }
}
