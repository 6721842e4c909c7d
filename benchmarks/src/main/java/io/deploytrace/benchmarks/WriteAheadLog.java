package io.deploytrace.benchmarks;

import io.deploytrace.store.postgres.PostgresSpanStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bytes that a span costs in the write-ahead log and in the files, in tables of 100 thousand rows, from a checkpoint
 * on; beside R.
 */
final class WriteAheadLog implements Bench {

    private static final int FILLED = 100_000 / WorkloadTrace.SPANS;
    private static final int TRACES = 10_000;

    @Override
    public List<Figure> run(Setting setting) throws Exception {
        var ours = setting.server().ours("ours_wal");
        var specification = setting.server().specification("specification_wal");
        Fill.ours(ours, setting.workload(), setting.traces(FILLED));
        Fill.specification(specification, setting.workload(), setting.traces(FILLED));
        try (var pool = ours.pool(1);
                var baseline = SpecificationWriter.inserting(specification.dataSource())) {
            var store = TraceWriter.of(PostgresSpanStore.builder(pool).build());
            var inOurs = bytes(setting, ours, store, false);
            var inSpecification = bytes(setting, specification, baseline, true);
            return figures(inOurs, inSpecification);
        }
    }

    /**
     * What was written for each span.
     *
     * @param wal bytes in the write-ahead log
     * @param files by how much each table and index grew
     */
    private record Bytes(double wal, Map<String, Double> files) {

        double files(String pattern) {
            return files.entrySet().stream()
                    .filter(file -> file.getKey().matches(pattern))
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
        }
    }

    private static Bytes bytes(Setting setting, Database database, TraceWriter writer, boolean withRandomIds)
            throws Exception {
        var traces = setting.workload().traces(setting.traces(TRACES));
        var sizes = database.sizes();
        database.execute("CHECKPOINT");
        var position = database.walPosition();
        for (var trace : withRandomIds ? RandomIds.of(traces) : traces) {
            writer.write(trace);
        }
        var spans = (double) traces.size() * WorkloadTrace.SPANS;
        var files = database.sizes();
        files.replaceAll((name, size) -> size - sizes.getOrDefault(name, 0L));
        var perSpan = new TreeMap<String, Double>();
        files.forEach((name, size) -> perSpan.put(name, size / spans));
        return new Bytes((database.walPosition() - position) / spans, perSpan);
    }

    private static List<Figure> figures(Bytes ours, Bytes specification) {
        var figures = new ArrayList<>(List.of(
                Figure.atMost("WAL bytes a span, over R", 0.85, Spread.of(ours.wal() / specification.wal())),
                Figure.reported("WAL bytes a span", Spread.of(ours.wal())),
                Figure.reported("WAL bytes a span, R", Spread.of(specification.wal())),
                Figure.reported("table bytes a span", Spread.of(ours.files("deployment_trace_span"))),
                Figure.reported("index bytes a span", Spread.of(ours.files("deployment_trace_span_.*"))),
                Figure.reported("index bytes a span, R", Spread.of(specification.files("deployment_trace_span_.*"))),
                Figure.reported(
                        "read model and its indexes, bytes a span",
                        Spread.of(ours.files("deployment_trace(?!_span).*")))));
        ours.files().forEach((name, bytes) -> Log.line("%-55s %.1f bytes a span".formatted(name, bytes)));
        return figures;
    }
}
