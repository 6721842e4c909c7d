package io.deploytrace.buffer.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * The torture program: short by default, long by {@code -Dtorture.minutes=10}, the same plan again by {@code -Dtorture.seed=…}.
 */
class TortureTest {

    private static final Duration SHORT = Duration.ofSeconds(8);

    @Test
    void torture_losesNothing() throws Exception {
        var minutes = Double.parseDouble(System.getProperty("torture.minutes", "0"));
        var seed = Long.getLong("torture.seed", ThreadLocalRandom.current().nextLong(1_000_000));
        var settings = minutes == 0
                ? TortureSettings.of(seed, SHORT, false)
                : TortureSettings.of(seed, Duration.ofMillis((long) (minutes * 60_000)), true);

        assertThat(new Torture(settings, System.out).run()).isEmpty();
    }

    @Test
    void plan_ofOneSeed_isTheSame() {
        var plan = TorturePlan.of(5, SHORT);

        assertThat(plan).isEqualTo(TorturePlan.of(5, SHORT)).isNotEqualTo(TorturePlan.of(6, SHORT));
        assertThat(plan.events()).extracting(TorturePlan.Event::action).contains(TorturePlan.Action.values());
    }
}
