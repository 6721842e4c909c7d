package io.deploytrace.benchmarks;

/**
 * What a benchmark runs with.
 *
 * @param server where to write
 * @param workload what to write
 * @param rounds how many rounds are measured
 * @param isQuick whether only to show that it works: its figures mean nothing
 */
record Setting(BenchmarkServer server, Workload workload, int rounds, boolean isQuick) {

    /** As many as given, or a few. */
    int traces(int count) {
        return isQuick ? Math.min(16, count) : count;
    }
}
