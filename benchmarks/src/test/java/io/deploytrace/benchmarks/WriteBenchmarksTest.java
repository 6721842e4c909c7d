package io.deploytrace.benchmarks;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** That the benchmarks run and say what is promised, not how fast anything is. */
class WriteBenchmarksTest {

    /** What is promised; everything else is reported only. */
    private static final Map<String, String> GOALS = Map.ofEntries(
            entry("speed on one connection, over R", "at least 1.35"),
            entry("p99 on one connection, over R", "at most 1.10"),
            entry("client µs a span", "at most 10.0"),
            entry("round trips of one write", "at most 1.00"),
            entry("speed from 4 threads, over R", "at least 1.50"),
            entry("speed from 16 threads, over R", "at least 1.50"),
            entry("buffered: speed from 16 threads, over R", "at least 2.00"),
            entry("buffered: speed from 16 threads, over C", "at least 0.70"),
            entry("buffered: p99 of a caller's wait, over R", "at most 1.00"),
            entry("live: speed, over R with upserts", "at least 0.80"),
            entry("WAL bytes a span, over R", "at most 0.85"),
            entry("growth: time a span, 2.5 million rows over 100 thousand", "at most 1.15"),
            entry("growth: server time a span, 2.5 million rows over 100 thousand", "at most 1.15"),
            entry("recording a span: time, over S", "at most 1.25"),
            entry("recording a span: bytes allocated, over S", "at most 1.25"),
            entry("a recorder: µs beyond its root span", "at most 2.00"));

    private static final List<String> REPORTED = List.of(
            "client bytes allocated a span",
            "WAL bytes a span",
            "WAL bytes a span, R",
            "index bytes a span",
            "index bytes a span, R",
            "read model and its indexes, bytes a span",
            "server µs a span for deployment_trace_created_at_idx",
            "WAL bytes a span for deployment_trace_created_at_idx");

    @Test
    void quickRun_printsEveryFigureWithItsGoal() throws Exception {
        var figures = new ArrayList<Figure>();

        WriteBenchmarks.run(WriteBenchmarks.all(), true, figures::add);

        var withGoals = figures.stream()
                .filter(figure -> !figure.goal().equals("none"))
                .collect(Collectors.toMap(Figure::name, Figure::goal));
        assertThat(withGoals).containsExactlyInAnyOrderEntriesOf(GOALS);
        assertThat(figures).extracting(Figure::name).containsAll(REPORTED).doesNotHaveDuplicates();
        // The server's time is counted in hundredths of a second, of which a quick run can need none: 0 over 0.
        assertThat(figures)
                .filteredOn(figure -> !figure.name().contains("server time"))
                .extracting(figure -> figure.measured().median())
                .noneMatch(value -> value.isNaN());
        assertThat(figures).extracting(Figure::verdict).containsOnly("unjudged");
    }

    @Test
    void figure_thatIsNoNumber_isUnknownAndUnjudged() {
        assertThat(Figure.atLeast("speed", 2, Spread.of(Double.POSITIVE_INFINITY))
                        .line())
                .isEqualTo("speed\tunknown\tat least 2.00\tunjudged");
    }

    @Test
    void figure_isOkOnlyWhereItsMedianReachesTheGoal() {
        var measured = Spread.of(List.of(3.0, 1.0, 2.0));

        assertThat(Figure.atLeast("speed", 2, measured).line()).isEqualTo("speed\t2.00\tat least 2.00\tok");
        assertThat(Figure.atLeast("speed", 2.1, measured).line()).isEqualTo("speed\t2.00\tat least 2.10\tshort");
        assertThat(Figure.atMost("wait", 2, measured).line()).isEqualTo("wait\t2.00\tat most 2.00\tok");
        assertThat(Figure.atMost("wait", 1.9, measured).line()).isEqualTo("wait\t2.00\tat most 1.90\tshort");
        assertThat(Figure.reported("bytes", measured).markdown())
                .isEqualTo("| bytes | 2.00 | 1.00 to 3.00 | none | ok |");
    }
}
