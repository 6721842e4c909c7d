package io.deploytrace.store.postgres;

import static io.deploytrace.store.postgres.TestSpans.START;
import static io.deploytrace.store.postgres.TestSpans.deadline;
import static io.deploytrace.store.postgres.TestSpans.root;
import static io.deploytrace.store.postgres.TestSpans.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.testkit.Fault;
import io.deploytrace.testkit.FaultPlan;
import io.deploytrace.testkit.FaultPoint;
import io.deploytrace.testkit.FaultProxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A write ends soon after its deadline also where the network dies while it sends, and it has more to send than the system takes. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class DeadNetworkTest {

    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration AT_MOST = Duration.ofSeconds(4);

    /** More than the system takes of a connection that nobody reads. */
    private static final int MANY = 24;

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    private UUID workspace;

    @BeforeEach
    void createWorkspace() {
        workspace = database.createWorkspace();
    }

    @Test
    void write_networkDeadBeforeLargeInsert_endsAtTheDeadline() throws Exception {
        var dataSource = database.driverDataSource();
        try (var proxy = FaultProxy.to(dataSource.getPortNumbers()[0], FaultPlan.none())) {
            dataSource.setPortNumbers(new int[] {proxy.port()});
            try (var connection = dataSource.getConnection()) {
                var store = storeOf(connection, Integer.MAX_VALUE);
                store.write(List.of(root(workspace, 1)), deadline());
                proxy.blackHole();

                assertPassesDeadline(store, largeSpans(MANY));
                assertThat(connection.isClosed()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, MANY})
    void write_networkDeadDuringCopy_endsAtTheDeadline(int spans) throws Exception {
        var dataSource = database.driverDataSource();
        try (var proxy = FaultProxy.to(dataSource.getPortNumbers()[0], freezingCopiedData())) {
            dataSource.setPortNumbers(new int[] {proxy.port()});
            try (var connection = dataSource.getConnection()) {
                assertPassesDeadline(storeOf(connection, 1), largeSpans(spans));

                assertThat(proxy.struck()).containsEntry(Fault.Kind.FREEZE, 1);
                assertThat(connection.isClosed()).isTrue();
            }
        }
        assertThat(database.query("select * from deployment_trace")).isEmpty();
    }

    /** The first message behind the second request that writes, which is the COPY. */
    private static FaultPlan freezingCopiedData() {
        var requests = new AtomicInteger();
        return (connection, message, toServer, point) -> {
            if (point == FaultPoint.WRITE_REQUEST) {
                requests.incrementAndGet();
            } else if (toServer && requests.compareAndSet(2, 3)) {
                return Fault.freeze();
            }
            return null;
        };
    }

    private static PostgresSpanStore storeOf(Connection connection, int copyFrom) {
        return PostgresSpanStore.builder(new OneConnection(connection))
                .copyFrom(copyFrom)
                .build();
    }

    private List<Span> largeSpans(int count) {
        var large = Attributes.of("large", "x".repeat(1_000_000));
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> span(workspace, 2, number, START.plusSeconds(60), large))
                .toList();
    }

    private static void assertPassesDeadline(PostgresSpanStore store, List<Span> spans) {
        var begin = System.nanoTime();
        assertThatThrownBy(() -> store.write(spans, Deadline.after(SHORT)))
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.DEADLINE_PASSED))
                .hasMessageContaining("repeating it is safe");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(SHORT, AT_MOST);
    }
}
