package io.deploytrace.benchmarks;

/**
 * What a benchmark runs with.
 *
 * @param server where to write
 * @param workload what to write
 * @param warmUps how many rounds run before, until the virtual machine has compiled what they run
 * @param rounds how many rounds are measured
 * @param isQuick whether only to show that it works: its figures mean nothing
 */
record Setting(BenchmarkServer server, Workload workload, int warmUps, int rounds, boolean isQuick) {

    /** As many as given, or a few. */
    int traces(int count) {
        return isQuick ? Math.min(16, count) : count;
    }
}
