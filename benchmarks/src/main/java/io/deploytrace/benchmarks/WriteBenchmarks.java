package io.deploytrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Prints the table of the write path, one line of tab-separated fields for each figure: name, measured, goal, and
 * {@code ok}, {@code short} or, of a quick run, {@code unjudged}. What it does meanwhile goes to the standard error.
 */
public final class WriteBenchmarks {

    private static final long SEED = 20_261_122;
    private static final int WARM_UPS = 3;
    private static final int ROUNDS = 5;
    private static final String QUICK = "--quick";

    private WriteBenchmarks() {}

    private static Map<String, Bench> benches() {
        var benches = new LinkedHashMap<String, Bench>();
        benches.put("one", new SynchronousWrites(1));
        benches.put("trips", new RoundTrips());
        benches.put("four", new SynchronousWrites(4));
        benches.put("sixteen", new SynchronousWrites(16));
        benches.put("buffered", new BufferedWrites());
        benches.put("copy", new CopyBench());
        benches.put("live", new LivePersist());
        benches.put("wal", new WriteAheadLog());
        benches.put("indexes", new IndexCosts());
        benches.put("growth", new Growth());
        benches.put("recording", new Recording());
        benches.put("alternatives", new Alternatives());
        return benches;
    }

    /**
     * Runs the benchmarks.
     *
     * @param arguments {@code --quick} for one short round that only shows that they work; names of benchmarks, of which
     *     all run by default
     */
    public static void main(String[] arguments) throws Exception {
        var names = new TreeSet<>(Arrays.asList(arguments));
        var isQuick = names.remove(QUICK);
        run(chosen(names), isQuick, figure -> {
            System.out.println(figure.line());
            Log.line(figure.markdown());
        });
    }

    private static List<Bench> chosen(Set<String> names) {
        var benches = benches();
        if (!benches.keySet().containsAll(names)) {
            throw new IllegalArgumentException(
                    "There are " + benches.keySet() + " and " + QUICK + ", but not " + names);
        }
        benches.keySet().removeIf(name -> !names.isEmpty() && !names.contains(name));
        return List.copyOf(benches.values());
    }

    static List<Bench> all() {
        return List.copyOf(benches().values());
    }

    /** Tells each figure as soon as it is known. */
    static void run(List<Bench> benches, boolean isQuick, Consumer<Figure> figures) throws Exception {
        var directory = Files.createTempDirectory("deploytrace-benchmark");
        var workload = new Workload(SEED);
        try (var server = BenchmarkServer.start(directory, workload.workspaces())) {
            Log.line("Seed " + SEED + "; PostgreSQL with " + String.join(", ", server.settings()));
            var setting = new Setting(server, workload, isQuick ? 1 : WARM_UPS, isQuick ? 1 : ROUNDS, isQuick);
            for (var bench : benches) {
                bench.run(setting).forEach(figure -> figures.accept(isQuick ? figure.unjudged() : figure));
            }
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
