package io.deploytrace.benchmarks;

import java.util.List;

/**
 * Prints the table of the query API, one line of tab-separated fields for each figure: name, measured, goal, and {@code ok} or
 * {@code short}. What it does meanwhile goes to the standard error.
 */
public final class ReadBenchmarks {

    private ReadBenchmarks() {}

    /**
     * Runs the benchmark.
     *
     * @param arguments {@code --quick} for a few requests that only show that it works
     */
    public static void main(String[] arguments) throws Exception {
        WriteBenchmarks.run(
                List.of(new Comparisons(), new Reads()), List.of(arguments).contains("--quick"), figure -> {
                    System.out.println(figure.line());
                    Log.line(figure.markdown());
                });
    }
}
