package io.deploytrace.store.postgres;

import static io.deploytrace.store.postgres.TestSpans.deadline;
import static io.deploytrace.store.postgres.TestSpans.open;
import static io.deploytrace.store.postgres.TestSpans.root;
import static io.deploytrace.store.postgres.TestSpans.stored;
import static io.deploytrace.store.postgres.TestSpans.trace;
import static io.deploytrace.store.postgres.TestSpans.traceId;
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
import io.deploytrace.testkit.Fixtures;
import io.deploytrace.testkit.GeneratedTraces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.jdbc.PreferQueryMode;

/** Many new spans at once are copied; what is stored and what is promised is the same as of few. */
@Timeout(60)
class CopyTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration AT_MOST = Duration.ofSeconds(3);

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    private UUID workspace;

    @BeforeEach
    void createWorkspace() {
        workspace = database.createWorkspace();
    }

    @ParameterizedTest
    @EnumSource(PreferQueryMode.class)
    void write_generatedTraces_storesTheSameRowsEitherWay(PreferQueryMode mode) {
        var dataSource = database.driverDataSource();
        dataSource.setPreferQueryMode(mode);
        var spans = new ArrayList<Span>();
        var fixtures = new Fixtures(7);
        for (var i = 0; i < 30; i++) {
            spans.addAll(GeneratedTraces.next(fixtures, workspace));
        }
        spans.addAll(trace(workspace, 1, 3));
        spans.add(open(workspace, 2, 1, 2));

        var copied = rowsOf(copying(dataSource), spans);
        database.execute("truncate deployment_trace_span, deployment_trace");

        assertThat(copied).isEqualTo(rowsOf(inserting(dataSource), spans));
    }

    /** All columns but the row's id, the transaction and the times of writing, and these as differences. */
    private List<List<String>> rowsOf(PostgresSpanStore store, List<Span> spans) {
        assertThat(store.write(spans, deadline()).unchanged()).isZero();
        var rows = new ArrayList<>(database.query("""
                select to_jsonb(span) - 'id' - 'created_at', events::text, attributes::text,
                  span.created_at - min(span.created_at) over ()
                from deployment_trace_span span order by trace_id, span_id"""));
        rows.addAll(database.query("""
                select to_jsonb(trace) - 'created_at' - 'updated_at' - 'changed_in',
                  created_at = all (select created_at from deployment_trace_span span where span.trace_id = trace.trace_id)
                from deployment_trace trace order by trace_id"""));
        return rows;
    }

    @Test
    void write_fromSoManySpansOn_copies() throws Exception {
        assertThat(roundTrips(trace(workspace, 1, SpanWriting.COPY_FROM - 1))).isEqualTo(1);
        assertThat(roundTrips(trace(workspace, 2, SpanWriting.COPY_FROM))).isEqualTo(4);
    }

    private int roundTrips(List<Span> spans) throws Exception {
        var dataSource = database.driverDataSource();
        try (var proxy = FaultProxy.to(dataSource.getPortNumbers()[0], FaultPlan.none())) {
            dataSource.setPortNumbers(new int[] {proxy.port()});
            try (var connection = dataSource.getConnection()) {
                var store =
                        PostgresSpanStore.builder(new OneConnection(connection)).build();
                var before = proxy.roundTrips();
                store.write(spans, deadline());
                return proxy.roundTrips() - before;
            }
        }
    }

    @Test
    void write_oneOfManyTracesStored_writesTheOthersOnce() {
        var store = copying(database.dataSource());
        store.write(trace(workspace, 2, 3), deadline());
        var spans = new ArrayList<Span>();
        for (var trace = 1; trace <= 3; trace++) {
            spans.addAll(trace(workspace, trace, 3));
        }

        assertThat(store.write(spans, deadline())).isEqualTo(new WriteResult(6, 0, 3));
        assertThat(stored(database.dataSource())).containsExactlyElementsOf(spans);
    }

    @Test
    void write_spanThatTheDatabaseRefuses_writesNothing() {
        database.execute("alter table deployment_trace_span add check (name <> 'Rule 500')");

        assertThatThrownBy(() -> copying(database.dataSource()).write(trace(workspace, 1, 1_000), deadline()))
                .hasMessageContaining("None of the 1000 spans was written.")
                .hasMessageContaining("deployment_trace_span_name_check");
        assertThat(stored(database.dataSource())).isEmpty();
        assertThat(database.query("select * from deployment_trace")).isEmpty();
    }

    @Test
    void write_tableWithRowSecurity_isWrittenByInserts() {
        database.execute("""
                do $$ begin
                  if not exists (select from pg_roles where rolname = 'deploytrace_writer') then
                    create role deploytrace_writer;
                  end if;
                end $$;
                grant select, insert, update on deployment_trace_span, deployment_trace to deploytrace_writer;
                alter table deployment_trace_span enable row level security;
                create policy everything on deployment_trace_span using (true) with check (true);""");
        PlainDataSource asWriter = () -> {
            var connection = database.dataSource().getConnection();
            connection.createStatement().execute("set role deploytrace_writer");
            return connection;
        };
        var store = copying(asWriter);

        assertThat(store.write(trace(workspace, 1, 3), deadline())).isEqualTo(new WriteResult(3, 0, 0));
        assertThat(store.write(trace(workspace, 2, 3), deadline())).isEqualTo(new WriteResult(3, 0, 0));
        assertThat(stored(database.dataSource())).hasSize(6);
    }

    @Test
    void write_tableLockedByAnother_isCancelledAtTheDeadline() throws Exception {
        var store = copying(database.dataSource());
        try (var other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table deployment_trace_span in share mode");

            assertPassesDeadline(store, trace(workspace, 1, 2));
        }
        assertThat(database.query("select * from deployment_trace")).isEmpty();
        assertThat(store.write(trace(workspace, 1, 2), deadline())).isEqualTo(new WriteResult(2, 0, 0));
    }

    @Test
    void write_networkThatSwallowsEverything_endsAtTheDeadline() throws Exception {
        var dataSource = database.driverDataSource();
        try (var proxy = FaultProxy.to(dataSource.getPortNumbers()[0], FaultPlan.none())) {
            dataSource.setPortNumbers(new int[] {proxy.port()});
            try (var connection = dataSource.getConnection()) {
                var held = copying(new OneConnection(connection));
                held.write(List.of(root(workspace, 1)), deadline());
                proxy.blackHole();

                assertPassesDeadline(held, List.of(root(workspace, 2)));
                assertThat(connection.isClosed()).isTrue();
            }
        }
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

    @ParameterizedTest
    @CsvSource({"WRITE_REQUEST, 3, 0", "WRITE_ANSWER, 0, 3"})
    void write_connectionThatBreaks_hasWrittenAllOrNothingAndCanBeRepeated(
            FaultPoint point, int inserted, int unchanged) throws Exception {
        var dataSource = database.driverDataSource();
        try (var proxy = FaultProxy.to(dataSource.getPortNumbers()[0], FaultPlan.none())) {
            dataSource.setPortNumbers(new int[] {proxy.port()});
            try (var connection = dataSource.getConnection()) {
                var held = copying(new OneConnection(connection));
                proxy.strike(point, Fault.cut());

                assertThatThrownBy(() -> held.write(trace(workspace, 2, 3), deadline()))
                        .isInstanceOfSatisfying(
                                SpanStoreException.class,
                                failure -> assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE))
                        .hasMessageContaining("may or may not have taken effect");
            }
        }
        assertThat(copying(database.dataSource()).write(trace(workspace, 2, 3), deadline()))
                .isEqualTo(new WriteResult(inserted, 0, unchanged));
        assertThat(database.query("select trace_id, span_count from deployment_trace"))
                .containsExactly(List.of(traceId(2), "3"));
    }

    private static PostgresSpanStore copying(DataSource dataSource) {
        return PostgresSpanStore.builder(dataSource).copyFrom(1).build();
    }

    private static PostgresSpanStore inserting(DataSource dataSource) {
        return PostgresSpanStore.builder(dataSource).copyFrom(Integer.MAX_VALUE).build();
    }
}
