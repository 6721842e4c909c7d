package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.Leases;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.TimeRange;
import io.deploytrace.store.TraceMaintenance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How far back each round looks, by the store's clock. */
class ReindexingTest {

    private static final UUID WORKSPACE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final Store store = new Store();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SharedWork work = Reindexing.work(
            new SharedWorkSettings(Reindexing.NAME, store, new FreeLeases(), Duration.ofMinutes(1)),
            new MemoryWorkspaces(List.of(WORKSPACE, OTHER)),
            registry);

    /** Remembers what it is asked of one of the workspaces. */
    private static final class Store implements TraceMaintenance {

        private final List<TimeRange> asked = new ArrayList<>();
        private Instant now = START;
        private boolean fails;

        @Override
        public Instant time(Deadline deadline) {
            return now;
        }

        @Override
        public long reindex(UUID workspaceId, TimeRange written, Deadline deadline) {
            if (workspaceId.equals(OTHER)) {
                return 0;
            }
            asked.add(written);
            if (fails) {
                throw new SpanStoreException(Reason.UNAVAILABLE, "The test took the store away");
            }
            return 2;
        }

        @Override
        public long reindex(UUID workspaceId, boolean all, Deadline deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Removed countOlderThan(UUID workspaceId, Instant before, Deadline deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Removed prune(UUID workspaceId, Instant before, Consumer<Removed> progress, Deadline deadline) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class FreeLeases implements Leases {

        @Override
        public boolean tryHold(String name, UUID holder, Duration time, Deadline deadline) {
            return true;
        }

        @Override
        public void release(String name, UUID holder, Deadline deadline) {}
    }

    /** What a round looks at, without a gap. */
    private TimeRange roundAt(Instant now) {
        store.now = now;
        store.asked.clear();
        work.attempt();
        for (var i = 1; i < store.asked.size(); i++) {
            assertThat(store.asked.get(i).since())
                    .isEqualTo(store.asked.get(i - 1).until());
        }
        return new TimeRange(
                store.asked.get(0).since(),
                store.asked.get(store.asked.size() - 1).until());
    }

    private static TimeRange range(Instant since, Instant until) {
        return new TimeRange(since, until);
    }

    private double metric(String name) {
        return registry.get(name).meter().measure().iterator().next().getValue();
    }

    @Test
    void firstRound_looksAtTheLastHour_inShortSteps() {
        assertThat(roundAt(START)).isEqualTo(range(START.minus(Duration.ofHours(1)), START));
        assertThat(store.asked).hasSize(12);
        assertThat(metric("reindexing.summaries")).isEqualTo(24);
        assertThat(metric("reindexing.failures")).isZero();
        assertThat(metric("reindexing.last.success.timestamp.seconds")).isPositive();
    }

    @Test
    void laterRounds_goBackALittle_andOnceAnHourFar() {
        roundAt(START);
        var second = START.plusSeconds(60);
        var hour = START.plus(Duration.ofHours(1));

        assertThat(roundAt(second)).isEqualTo(range(START.minusSeconds(60), second));
        assertThat(roundAt(hour)).isEqualTo(range(START.minus(Duration.ofHours(1)), hour));
        assertThat(roundAt(hour.plusSeconds(60))).isEqualTo(range(hour.minusSeconds(60), hour.plusSeconds(60)));
    }

    @Test
    void roundAfterAFailure_looksAtWhatWasMissed_butNotEverFurtherBack() {
        roundAt(START);
        store.fails = true;
        roundAt(START.plusSeconds(60));
        assertThat(store.asked).as("no step follows one that failed").hasSize(1);
        assertThat(metric("reindexing.failures")).isEqualTo(1);

        store.fails = false;
        var third = START.plusSeconds(120);
        assertThat(roundAt(third)).isEqualTo(range(START.minusSeconds(60), third));

        store.fails = true;
        var late = START.plus(Duration.ofHours(9));
        roundAt(late.minusSeconds(60));
        store.fails = false;
        assertThat(roundAt(late)).isEqualTo(range(late.minus(Duration.ofHours(2)), late));
    }

    @Test
    void round_whenTheServerStops_takesNoOtherStep() {
        work.stop();

        assertThat(work.attempt()).isFalse();
        assertThat(store.asked).isEmpty();
    }
}
