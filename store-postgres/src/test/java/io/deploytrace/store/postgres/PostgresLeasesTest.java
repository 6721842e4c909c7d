package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresLeasesTest extends ReadingTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();
    private PostgresLeases leases;

    @BeforeEach
    void open() {
        leases = new PostgresLeases(database.dataSource());
    }

    private boolean tryHold(String name, UUID holder) {
        return leases.tryHold(name, holder, LONG, deadline);
    }

    private void expire() {
        database.execute("UPDATE deployment_trace_lease SET expires_at = clock_timestamp()");
    }

    @Test
    void tryHold_freeLease_isTheHoldersAndNobodyElses() {
        assertThat(tryHold("retention", first)).isTrue();
        assertThat(tryHold("retention", second)).isFalse();
        assertThat(tryHold("retention", first)).isTrue();
        assertThat(tryHold("something else", second)).isTrue();
    }

    @Test
    void tryHold_leaseWhoseTimeIsOver_isTakenFromItsHolder() {
        tryHold("retention", first);
        expire();

        assertThat(tryHold("retention", second)).isTrue();
        assertThat(tryHold("retention", first)).isFalse();
    }

    @Test
    void tryHold_again_holdsItForLonger() {
        leases.tryHold("retention", first, Duration.ofSeconds(1), deadline);
        tryHold("retention", first);

        assertThat(database.queryValue("SELECT expires_at > clock_timestamp() + interval '4 minutes'"
                        + " AND expires_at <= clock_timestamp() + interval '5 minutes' FROM deployment_trace_lease"))
                .isEqualTo("t");
    }

    @Test
    void release_ofOnesOwn_freesItAndOfAnothers_doesNothing() {
        tryHold("retention", first);

        leases.release("retention", second, deadline);
        assertThat(tryHold("retention", second)).isFalse();
        leases.release("retention", first, deadline);
        assertThat(tryHold("retention", second)).isTrue();
        leases.release("never held", first, deadline);
    }

    @Test
    void tryHold_byManyAtOnce_isGrantedToOne() throws Exception {
        var holders = IntStream.range(0, 8).mapToObj(i -> UUID.randomUUID()).toList();
        var pool = Executors.newFixedThreadPool(holders.size());
        try {
            for (var round = 0; round < 10; round++) {
                var start = new CountDownLatch(1);
                var attempts = holders.stream()
                        .map(holder -> pool.submit(() -> {
                            start.await();
                            return tryHold("retention", holder);
                        }))
                        .toList();
                start.countDown();
                var granted = 0;
                for (var attempt : attempts) {
                    granted += attempt.get() ? 1 : 0;
                }
                assertThat(granted).isEqualTo(1);
                expire();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "P1DT1S"})
    void tryHold_timeThatIsNotAllowed_fails(String time) {
        assertThatThrownBy(() -> leases.tryHold("retention", first, Duration.parse(time), deadline))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time must be more than zero and at most PT24H, but is ");
    }

    @Test
    void tryHold_nameThatIsUnfit_fails() {
        for (var name : List.of("", "a\tb")) {
            assertThatThrownBy(() -> tryHold(name, first)).hasMessageContaining("A lease's name must");
        }
    }
}
