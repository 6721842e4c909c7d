package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.ChangedTraces;
import io.deploytrace.store.ChangedTraces.Status;
import io.deploytrace.store.ChangesRequest;
import io.deploytrace.store.PageCursor;
import io.deploytrace.store.StoredTrace;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What only a database with transactions can get wrong about changes. */
class PostgresTraceChangesTest extends ReadingTest {

    private static final String CHANGE = "UPDATE deployment_trace SET revision = revision + 1, updated_at = now()";

    private PostgresTraceChanges changes;

    @BeforeEach
    void open() {
        changes = new PostgresTraceChanges(database.dataSource());
        for (var trace = 1; trace <= 3; trace++) {
            reader.write(built(span(trace, 0)), deadline);
        }
    }

    private ChangedTraces since(String position) {
        return changes.since(List.of(new ChangesRequest(workspace, position)), 10, deadline)
                .get(0);
    }

    private List<String> idsSince(String position) {
        return traceIdsOf(since(position).traces());
    }

    private Connection changing(int trace) throws SQLException {
        var connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(CHANGE + " WHERE trace_id = '" + TestSpan.traceId(trace) + "'");
        }
        return connection;
    }

    @Test
    void since_transactionThatCommitsAfterLaterOnes_isToldOnceWhenItHasCommitted() throws SQLException {
        var start = changes.now(deadline);
        try (var slow = changing(1)) {
            changing(2).close();
            reader.write(built(span(2, 1)), deadline);
            var meanwhile = since(start);
            reader.write(built(span(3, 1)), deadline);
            var later = since(meanwhile.position());
            slow.commit();

            assertThat(traceIdsOf(meanwhile.traces())).containsExactlyElementsOf(traceIds(2));
            assertThat(traceIdsOf(later.traces())).containsExactlyElementsOf(traceIds(3));
            assertThat(idsSince(later.position())).containsExactlyElementsOf(traceIds(1));
            assertThat(idsSince(start)).containsExactlyInAnyOrderElementsOf(traceIds(1, 2, 3));
        }
    }

    @Test
    void since_transactionBegunBeforeThePosition_isTold() throws SQLException {
        try (var slow = changing(1)) {
            var start = changes.now(deadline);
            slow.commit();

            assertThat(idsSince(start)).containsExactlyElementsOf(traceIds(1));
        }
    }

    @Test
    void since_transactionThatWasRolledBack_isNotTold() throws SQLException {
        var start = changes.now(deadline);
        try (var undone = changing(1)) {
            undone.rollback();
        }

        assertThat(idsSince(start)).isEmpty();
    }

    @Test
    void since_changeWithinASavepoint_isTold() throws SQLException {
        var start = changes.now(deadline);
        try (var connection = changing(1)) {
            connection.setSavepoint();
            try (var statement = connection.createStatement()) {
                statement.execute(CHANGE + " WHERE trace_id = '" + TestSpan.traceId(2) + "'");
            }
            connection.commit();
        }

        assertThat(idsSince(start)).containsExactlyInAnyOrderElementsOf(traceIds(1, 2));
    }

    @Test
    void since_slowTransactionBetweenTheParts_isToldInTheNextRound() throws SQLException {
        var start = changes.now(deadline);
        try (var slow = changing(1)) {
            database.execute(CHANGE + " WHERE trace_id <> '" + TestSpan.traceId(1) + "'");
            var told = new ArrayList<StoredTrace>();
            var first = changes.since(List.of(new ChangesRequest(workspace, start)), 1, deadline)
                    .get(0);
            slow.commit();
            told.addAll(first.traces());
            var last = since(first.position());
            told.addAll(last.traces());

            assertThat(first.status()).isEqualTo(Status.MORE);
            assertThat(last.status()).isEqualTo(Status.DONE);
            assertThat(traceIdsOf(told)).containsExactlyInAnyOrderElementsOf(traceIds(1, 2, 3));
        }
    }

    @Test
    void since_rowsOfARestore_areNotTold() {
        var start = changes.now(deadline);
        database.execute("ALTER TABLE deployment_trace DISABLE TRIGGER deployment_trace_changed");
        database.execute("UPDATE deployment_trace SET changed_in = '9000000000'");
        database.execute(
                "UPDATE deployment_trace SET changed_in = pg_current_xact_id(), updated_at = now() - interval '2 hours'"
                        + " WHERE trace_id = '" + TestSpan.traceId(2) + "'");

        assertThat(idsSince(start)).isEmpty();
    }

    @Test
    void since_rowsFromBeforeTheColumn_areToldOnlyOnceTheyChange() {
        database.execute("ALTER TABLE deployment_trace DISABLE TRIGGER deployment_trace_changed");
        database.execute("UPDATE deployment_trace SET changed_in = NULL");
        database.execute("ALTER TABLE deployment_trace ENABLE ALWAYS TRIGGER deployment_trace_changed");
        var start = changes.now(deadline);
        reader.write(built(span(2, 1)), deadline);

        assertThat(idsSince(start)).containsExactlyElementsOf(traceIds(2));
    }

    @Test
    void since_rowsThatReplicationBrings_countThisDatabasesTransactions() throws SQLException {
        var start = changes.now(deadline);
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            statement.execute(CHANGE + ", changed_in = '5' WHERE trace_id = '" + TestSpan.traceId(1) + "'");
        }

        assertThat(idsSince(start)).containsExactlyElementsOf(traceIds(1));
    }

    @Test
    void since_positionOfAnotherDatabaseOrOlderThanADay_isLost() {
        var start = changes.now(deadline);
        var parts = PageCursor.parse("changes", 6, start).position();
        var ofAnother = new ArrayList<>(parts);
        ofAnother.set(0, "7" + parts.get(0));
        var old = new ArrayList<>(parts);
        old.set(1, CREATED.minusSeconds(90_000).toString());
        reader.write(built(span(2, 1)), deadline);

        assertThat(since(start).status()).isEqualTo(Status.DONE);
        for (var lost : List.of(ofAnother, old)) {
            var changed = since(new PageCursor("changes", lost).text());
            assertThat(changed.status()).isEqualTo(Status.LOST);
            assertThat(idsSince(changed.position())).isEmpty();
        }
    }

    /** As by {@code pg_restore} beside the old database, whose place the new one takes. */
    @Test
    void since_positionOfTheDatabaseThatThisIsACopyOf_isLost() {
        var start = changes.now(deadline);
        var name = PostgresServer.copyDatabase(database.queryValue("SELECT current_database()"));
        try {
            var copy = new PGSimpleDataSource();
            copy.setUrl(PostgresServer.url(name));

            var changed = new PostgresTraceChanges(copy)
                    .since(List.of(new ChangesRequest(workspace, start)), 10, deadline)
                    .get(0);

            assertThat(changed.status()).isEqualTo(Status.LOST);
        } finally {
            PostgresServer.dropDatabase(name);
        }
    }

    /** As by {@code pg_restore --clean}. */
    @Test
    void since_positionFromBeforeTheTableWasMadeAnew_isLost() {
        var start = changes.now(deadline);
        database.execute("ALTER TABLE deployment_trace RENAME TO before");
        database.execute("CREATE TABLE deployment_trace (LIKE before INCLUDING ALL)");

        assertThat(since(start).status()).isEqualTo(Status.LOST);
    }

    @Test
    void since_snapshotsThatSomeoneMadeUp_areLostWithoutAnErrorOfTheDatabase() {
        var parts = PageCursor.parse("changes", 6, changes.now(deadline)).position();
        for (var snapshot : List.of(
                "",
                "1",
                "x:y:",
                "5:3:",
                "0:0:",
                "1:9:9",
                "1:9:3,2",
                "1:9:2,2",
                "1:99999999999999999999:",
                "1:9:2,",
                "1:1:'")) {
            assertThat(sinceMadeUp(parts, 2, snapshot).status()).as(snapshot).isEqualTo(Status.LOST);
        }
    }

    @Test
    void since_positionsOfManyTransactionsOrOfOtherTimes_areNoErrorEither() {
        var parts = PageCursor.parse("changes", 6, changes.now(deadline)).position();
        var many = IntStream.range(2, 5_000).mapToObj(String::valueOf).collect(Collectors.joining(","));

        assertThat(sinceMadeUp(parts, 2, "1:9999:" + many).status()).isNotEqualTo(Status.LOST);
        for (var time : List.of(Instant.MAX, Instant.MIN, Instant.now().plus(Duration.ofDays(1)))) {
            assertThat(sinceMadeUp(parts, 1, time.toString()).status())
                    .as("%s", time)
                    .isEqualTo(Status.LOST);
        }
    }

    private ChangedTraces sinceMadeUp(List<String> parts, int index, String part) {
        var madeUp = new ArrayList<>(parts);
        madeUp.set(index, part);
        return since(new PageCursor("changes", madeUp).text());
    }
}
