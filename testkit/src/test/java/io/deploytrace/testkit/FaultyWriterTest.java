package io.deploytrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultyWriterTest {

    private static final Deadline DEADLINE = Deadline.after(Duration.ofMinutes(1));

    private final StoreInMemory store = new StoreInMemory();
    private final Fixtures fixtures = new Fixtures(1);

    @Test
    void failing_fails_thenWrites() {
        var trace = fixtures.single(store.newWorkspace());
        var writer = FaultyWriter.failing(store.writer(), 2, Reason.UNAVAILABLE);

        for (var i = 0; i < 2; i++) {
            assertThatThrownBy(() -> writer.write(trace, DEADLINE))
                    .isInstanceOfSatisfying(
                            SpanStoreException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE));
        }

        assertThat(writer.write(trace, DEADLINE)).isEqualTo(new WriteResult(1, 0, 0));
        assertThat(writer.calls()).isEqualTo(3);
    }

    @Test
    void losingAnswers_writesAndFails() {
        var trace = fixtures.single(store.newWorkspace());
        var writer = FaultyWriter.losingAnswers(store.writer(), 1);

        assertThatThrownBy(() -> writer.write(trace, DEADLINE)).isInstanceOf(SpanStoreException.class);

        assertThat(writer.write(trace, DEADLINE)).isEqualTo(new WriteResult(0, 0, 1));
    }

    @Test
    void clock_standsStillUntilItIsSet() {
        var clock = new SettableClock(Fixtures.START);
        assertThat(clock.instant()).isEqualTo(Fixtures.START);

        clock.advance(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(Fixtures.START.plusSeconds(3_600));

        clock.set(Fixtures.START);
        assertThat(clock.instant()).isEqualTo(Fixtures.START);
    }

    @Test
    void fixtures_ofOneSeed_areTheSame() {
        var workspace = store.newWorkspace();

        assertThat(new Fixtures(4).workload(workspace, "api"))
                .hasSize(16)
                .isEqualTo(new Fixtures(4).workload(workspace, "api"))
                .isNotEqualTo(new Fixtures(5).workload(workspace, "api"));
    }
}
