package io.deploytrace.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), new Random(1));
    private final Circuit circuit = new Circuit(3, backoff, Long.MAX_VALUE - 5 * SECOND);
    private long now = Long.MAX_VALUE - 4 * SECOND;

    @Test
    void nanosAfter_moreFailures_doublesUpToTheMaximum() {
        var expected = new long[] {1, 2, 4, 8, 10, 10};
        for (var failures = 1; failures <= expected.length; failures++) {
            for (var i = 0; i < 1_000; i++) {
                assertThat(backoff.nanosAfter(failures))
                        .isBetween(expected[failures - 1] * SECOND / 2, expected[failures - 1] * SECOND);
            }
        }
        assertThat(backoff.nanosAfter(Integer.MAX_VALUE)).isBetween(5 * SECOND, 10 * SECOND);
    }

    @Test
    void failed_belowTheThreshold_leavesItClosedButRepeatsLater() {
        assertThat(circuit.failed(now, false)).isFalse();
        assertThat(circuit.failed(now, false)).isFalse();

        assertThat(circuit.mayTry(now)).isTrue();
        assertThat(circuit.mayRepeat(now)).isFalse();
        assertThat(circuit.mayRepeat(now + 2 * SECOND)).isTrue();
    }

    @Test
    void failed_atTheThreshold_opensAndLetsOneProbeThrough() {
        open();

        assertThat(circuit.mayTry(now)).isFalse();
        now += 4 * SECOND; // past the largest number of the clock
        assertThat(circuit.mayTry(now)).isTrue();
        assertThat(circuit.begin()).isTrue();
        assertThat(circuit.mayTry(now)).isFalse();
    }

    @Test
    void probe_fails_waitsLonger() {
        open();
        now += 4 * SECOND;
        circuit.begin();

        assertThat(circuit.failed(now, true)).isFalse();

        assertThat(circuit.mayTry(now + 3 * SECOND)).isFalse();
        assertThat(circuit.mayTry(now + 8 * SECOND)).isTrue();
    }

    @Test
    void probe_succeeds_closes() {
        open();
        now += 4 * SECOND;
        circuit.begin();

        assertThat(circuit.succeeded(true)).isTrue();

        assertThat(circuit.isOpen()).isFalse();
        assertThat(circuit.failed(now, false)).isFalse();
    }

    @Test
    void attemptFromBeforeTheOpening_fails_leavesTheProbeAlone() {
        open();
        now += 4 * SECOND;
        circuit.begin();

        circuit.failed(now, false);

        assertThat(circuit.mayTry(now + 20 * SECOND)).isFalse();
    }

    private void open() {
        circuit.failed(now, false);
        circuit.failed(now, false);
        assertThat(circuit.failed(now, false)).isTrue();
        assertThat(circuit.isOpen()).isTrue();
    }
}
