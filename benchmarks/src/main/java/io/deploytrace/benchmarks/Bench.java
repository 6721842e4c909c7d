package io.deploytrace.benchmarks;

import java.util.List;

/** A benchmark that writes to the server: some rows of the table. */
@FunctionalInterface
interface Bench {

    /** Measures; the figures in the order of the table. */
    List<Figure> run(Setting setting) throws Exception;
}
