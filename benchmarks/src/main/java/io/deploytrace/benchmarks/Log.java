package io.deploytrace.benchmarks;

/** What a benchmark says while it runs: to the standard error, since the figures alone are its output. */
final class Log {

    private Log() {}

    static void line(String text) {
        System.err.println(text);
    }
}
