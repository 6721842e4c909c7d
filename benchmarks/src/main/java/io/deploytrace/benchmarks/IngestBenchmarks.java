package io.deploytrace.benchmarks;

import java.util.List;

/**
 * Prints the table of the server's ingest, one line of tab-separated fields for each figure: name, measured, goal, and {@code ok} or
 * {@code short}. What it does meanwhile goes to the standard error.
 */
public final class IngestBenchmarks {

    private IngestBenchmarks() {}

    /**
     * Runs the benchmark.
     *
     * @param arguments {@code --quick} for one short round that only shows that it works
     */
    public static void main(String[] arguments) throws Exception {
        WriteBenchmarks.run(List.of(new IngestWrites()), List.of(arguments).contains("--quick"), figure -> {
            System.out.println(figure.line());
            Log.line(figure.markdown());
        });
    }
}
