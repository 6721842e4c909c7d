package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailureLogTest {

    private final List<String> lines = new ArrayList<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final FailureLog log = new FailureLog(
            (level, line, cause) -> lines.add(line + (cause == null ? "" : " with its stack")),
            (delay, task) -> waiting.add(task));

    private void fail(String detail) {
        log.failed("Spans could not be stored", detail, new IllegalStateException());
    }

    private void intervalPasses() {
        var due = List.copyOf(waiting);
        waiting.clear();
        due.forEach(Runnable::run);
    }

    @Test
    void first_isLoggedAtOnce_andTheOthersAreCounted() {
        IntStream.range(0, 1_000).forEach(number -> fail("number " + number));
        assertThat(lines).containsExactly("Spans could not be stored: number 0");

        intervalPasses();

        assertThat(lines)
                .endsWith("And 999 more: Spans could not be stored (IllegalStateException)")
                .hasSize(2);
    }

    @Test
    void flood_isALineAnInterval() {
        for (var interval = 0; interval < 5; interval++) {
            fail("a");
            fail("b");
            intervalPasses();
        }

        assertThat(lines).hasSize(6);
    }

    @Test
    void failureAfterAQuietInterval_isLoggedAtOnce() {
        fail("a");
        intervalPasses();
        fail("b");

        assertThat(lines).containsExactly("Spans could not be stored: a", "Spans could not be stored: b");
    }

    @Test
    void kinds_areCountedApart() {
        fail("a");
        log.failed("Spans could not be stored", "b", new IllegalArgumentException());
        log.failed("A request failed", "", new IllegalStateException());

        assertThat(lines)
                .containsExactly(
                        "Spans could not be stored: a",
                        "Spans could not be stored: b",
                        "A request failed with its stack");
    }

    @Test
    void countsThatWereNotToldYet_areTold_whenTheServerStops() {
        var stopping = new FailureLog((level, line, cause) -> lines.add(line), (delay, task) -> {
            throw new RejectedExecutionException();
        });
        stopping.failed("x", "a", new IllegalStateException());
        stopping.failed("x", "b", new IllegalStateException());

        stopping.close();
        stopping.close();

        assertThat(lines).containsExactly("x: a", "And 1 more: x (IllegalStateException)");
    }
}
