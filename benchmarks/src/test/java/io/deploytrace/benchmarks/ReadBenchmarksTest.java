package io.deploytrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the benchmark asks every question and says what is promised, not how fast anything is. */
class ReadBenchmarksTest {

    @Test
    void quickRun_asksEveryQuestion() throws Exception {
        var figures = new ArrayList<Figure>();

        WriteBenchmarks.run(List.of(new Reads()), true, figures::add);

        assertThat(figures).hasSize(2 * Question.ALL.size());
        assertThat(figures).extracting(Figure::name).doesNotHaveDuplicates();
        assertThat(figures)
                .filteredOn(figure -> figure.name().endsWith("a trace by its id, p99 ms"))
                .extracting(Figure::goal)
                .containsExactly("at most 10.0");
        assertThat(figures)
                .extracting(figure -> figure.measured().median())
                .allSatisfy(milliseconds -> assertThat(milliseconds).isPositive());
    }

    @Test
    void quickRun_asksWhatLooksAtManyTraces() throws Exception {
        var figures = new ArrayList<Figure>();

        WriteBenchmarks.run(List.of(new Comparisons()), true, figures::add);

        assertThat(figures)
                .hasSize(3)
                .extracting(Figure::goal)
                .containsExactly("at most 1,000", "at most 1,000", "at most 200");
    }
}
