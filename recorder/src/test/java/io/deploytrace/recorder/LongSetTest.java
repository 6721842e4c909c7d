package io.deploytrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The set that keeps span ids apart. */
class LongSetTest {

    @Test
    void add_saysWhetherTheNumberIsNew() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var set = new LongSet();
        var expected = new HashSet<Long>();
        for (var i = 0; i < 10_000; i++) {
            var number = 1L + random.nextInt(5_000);
            assertThat(set.add(number)).as("seed %d, number %d", seed, number).isEqualTo(expected.add(number));
        }
    }

    @Test
    void numbersOfOneSlot_areKeptApart() {
        var set = new LongSet();
        for (var i = 1L; i <= 100; i++) {
            assertThat(set.add(i << 32)).isTrue();
        }
        for (var i = 1L; i <= 100; i++) {
            assertThat(set.add(i << 32)).isFalse();
        }
    }
}
