package io.deploytrace.store.postgres;

import static io.deploytrace.store.postgres.TestSpans.deadline;
import static io.deploytrace.store.postgres.TestSpans.open;
import static io.deploytrace.store.postgres.TestSpans.root;
import static io.deploytrace.store.postgres.TestSpans.stored;
import static io.deploytrace.store.postgres.TestSpans.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import io.deploytrace.testkit.Fault;
import io.deploytrace.testkit.FaultPlan;
import io.deploytrace.testkit.FaultPoint;
import io.deploytrace.testkit.FaultProxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A call ends soon after its deadline, whatever keeps it waiting. */
@Timeout(60)
class DeadlineTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration AT_MOST = Duration.ofSeconds(3);

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    private UUID workspace;
    private PostgresSpanStore store;

    @BeforeEach
    void createStore() {
        workspace = database.createWorkspace();
        store = PostgresSpanStore.builder(database.dataSource()).build();
    }

    @Test
    void write_deadlineThatHasPassed_asksNothing() {
        assertThatThrownBy(() -> store.write(List.of(root(workspace, 1)), Deadline.after(Duration.ZERO)))
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.DEADLINE_PASSED))
                .hasMessage("The deadline passed before the database was asked. The span was not written.");
    }

    @Test
    void write_tableLockedByAnother_isCancelledAtTheDeadline() throws Exception {
        try (var other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table deployment_trace_span in access exclusive mode");

            assertPassesDeadline(store, trace(workspace, 1, 2));
            assertPassesDeadline(store, List.of(open(workspace, 2, 2, 1)));
        }
        assertThat(stored(database.dataSource())).isEmpty();
        assertThat(store.write(trace(workspace, 1, 2), deadline())).isEqualTo(new WriteResult(2, 0, 0));
    }

    @Test
    void write_rowLockedByAnother_isCancelledAtTheDeadline() throws Exception {
        store.write(List.of(open(workspace, 1, 1, 1)), deadline());
        try (var other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("select * from deployment_trace_span for update");

            assertPassesDeadline(store, List.of(root(workspace, 1)));
        }
    }

    @Test
    void write_networkThatSwallowsEverything_endsAtTheDeadline() throws Exception {
        var dataSource = database.driverDataSource();
        try (var proxy = FaultProxy.to(dataSource.getPortNumbers()[0], FaultPlan.none())) {
            dataSource.setPortNumbers(new int[] {proxy.port()});
            try (var connection = dataSource.getConnection()) {
                var held =
                        PostgresSpanStore.builder(new OneConnection(connection)).build();
                held.write(List.of(root(workspace, 1)), deadline());
                proxy.blackHole();

                assertPassesDeadline(held, List.of(root(workspace, 2)));
                assertThat(connection.isClosed()).isTrue();
            }
        }
    }

    @Test
    void write_connectionThatBreaksBeforeTheAnswer_claimsNeitherAllNorNothing() throws Exception {
        var dataSource = database.driverDataSource();
        try (var proxy = FaultProxy.to(dataSource.getPortNumbers()[0], FaultPlan.none())) {
            dataSource.setPortNumbers(new int[] {proxy.port()});
            try (var connection = dataSource.getConnection()) {
                var held =
                        PostgresSpanStore.builder(new OneConnection(connection)).build();
                held.write(List.of(root(workspace, 1)), deadline());
                proxy.strike(FaultPoint.WRITE_ANSWER, Fault.cut());

                assertThatThrownBy(() -> held.write(trace(workspace, 2, 3), deadline()))
                        .isInstanceOfSatisfying(SpanStoreException.class, failure -> {
                            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
                            assertThat(failure.isRetryable()).isTrue();
                        })
                        .hasMessageStartingWith("The connection broke before the database answered, so that the call"
                                + " may or may not have taken effect. Make it again; repeating it is safe.");
            }
        }
        assertThat(store.write(trace(workspace, 2, 3), deadline())).isEqualTo(new WriteResult(0, 0, 3));
    }

    @Test
    void write_poolThatWasClosed_canBeTriedAgain() {
        PlainDataSource closed = () -> {
            throw new SQLException("the pool has been closed");
        };
        var held = PostgresSpanStore.builder(closed).build();

        assertThatThrownBy(() -> held.write(List.of(root(workspace, 1)), deadline()))
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE))
                .hasMessageContaining("the pool has been closed");
    }

    /** As HikariCP does when the database is away at the first use. */
    @Test
    void write_poolThatCouldNotStart_canBeTriedAgain() {
        PlainDataSource away = () -> {
            throw new IllegalStateException("no pool", new SQLException("connection refused", "08001"));
        };
        var held = PostgresSpanStore.builder(away).build();

        assertThatThrownBy(() -> held.write(List.of(root(workspace, 1)), deadline()))
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE))
                .hasMessageContaining("connection refused");
    }

    @Test
    void write_newTrace_isOneRoundTrip() throws Exception {
        var dataSource = database.driverDataSource();
        try (var proxy = FaultProxy.to(dataSource.getPortNumbers()[0], FaultPlan.none())) {
            dataSource.setPortNumbers(new int[] {proxy.port()});
            try (var connection = dataSource.getConnection()) {
                var held =
                        PostgresSpanStore.builder(new OneConnection(connection)).build();
                var before = proxy.roundTrips();
                held.write(trace(workspace, 1, 16), deadline());

                assertThat(proxy.roundTrips() - before).isEqualTo(1);
            }
        }
    }

    private static void assertPassesDeadline(PostgresSpanStore store, List<Span> spans) {
        var begin = System.nanoTime();
        assertThatThrownBy(() -> store.write(spans, Deadline.after(SHORT)))
                .isInstanceOfSatisfying(SpanStoreException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.DEADLINE_PASSED);
                    assertThat(failure.isRetryable()).isTrue();
                })
                .hasMessageContaining("repeating it is safe");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(SHORT, AT_MOST);
    }
}
