package io.deploytrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** That the benchmark runs and says what is promised, not how fast anything is. */
class IngestBenchmarksTest {

    @Test
    void quickRun_printsEveryFigureWithItsGoal() throws Exception {
        var figures = new ArrayList<Figure>();

        WriteBenchmarks.run(List.of(new IngestWrites()), true, figures::add);

        assertThat(figures.stream()
                        .filter(figure -> !figure.goal().equals("none"))
                        .collect(Collectors.toMap(Figure::name, Figure::goal)))
                .isEqualTo(Map.of(
                        "ingest: speed over gRPC, over B", "at least 0.70",
                        "ingest: speed with JSON, over B", "at least 0.50"));
        assertThat(figures)
                .extracting(Figure::name)
                .contains("gRPC, protobuf: p50 ms", "HTTP, JSON: p99 ms", "the store itself: spans a second")
                .doesNotHaveDuplicates();
        assertThat(figures).extracting(figure -> figure.measured().median()).noneMatch(value -> value.isNaN());
    }
}
