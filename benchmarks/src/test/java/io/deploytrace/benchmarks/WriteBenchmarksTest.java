package io.deploytrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the benchmarks run, not how fast they are. */
class WriteBenchmarksTest {

    @Test
    void quickRun_printsEveryFigure() throws Exception {
        var figures = new ArrayList<Figure>();

        WriteBenchmarks.run(WriteBenchmarks.all(), true, figures::add);

        assertThat(figures)
                .extracting(Figure::name)
                .contains(
                        "speed on one connection, over R",
                        "p99 on one connection, over R",
                        "speed from 4 threads, over R",
                        "speed from 16 threads, over R",
                        "buffered: speed from 16 threads, over R",
                        "buffered: speed from 16 threads, over C",
                        "live: speed, over R with upserts",
                        "WAL bytes a span, over R",
                        "growth: time a span, 2.5 million rows over 100 thousand",
                        "recording a span: time, over S",
                        "a recorder: µs beyond its root span")
                .doesNotHaveDuplicates();
        assertThat(figures)
                .allSatisfy(figure -> assertThat(figure.line().split("\t", -1))
                        .hasSize(4)
                        .satisfies(fields -> assertThat(fields[3]).isIn(List.of("ok", "short"))));
    }
}
