package io.deploytrace.store.postgres;

import static io.deploytrace.store.postgres.TestSpans.deadline;
import static io.deploytrace.store.postgres.TestSpans.open;
import static io.deploytrace.store.postgres.TestSpans.root;
import static io.deploytrace.store.postgres.TestSpans.trace;
import static io.deploytrace.store.postgres.TestSpans.traceId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.store.PageRequest;
import io.deploytrace.store.TraceFilter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/**
 * Nothing that the store does outlives a transaction on the server, so that each of its transactions may run on another
 * server connection: what a pooler in transaction mode needs. On a connection that leads to the server directly, it keeps
 * the statements of writes prepared, and nothing else.
 */
class SessionStateTest {

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void calls_manyOnOnePooledConnection_leaveItAsItWas(boolean autoCommit) throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            assertThat(left(connection, new OneConnection(Pooled.of(connection)), autoCommit))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void calls_manyOnOneDirectConnection_leaveOnlyTheStatementsOfWrites(boolean autoCommit) throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            assertThat(left(connection, new OneConnection(connection), autoCommit))
                    .isNotEmpty()
                    .allMatch(state -> state.startsWith("prepared S_"))
                    .allMatch(state -> state.contains("deployment_trace"));
        }
    }

    /** What of the connection's state is new after many calls; nothing that was before may be gone. */
    private List<String> left(Connection connection, DataSource dataSource, boolean autoCommit) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, 12_345);
        // A session has the settings of a trigger's language, at their defaults, once it has used it.
        try (var statement = connection.createStatement()) {
            statement.execute("do 'begin end'");
        }
        connection.setAutoCommit(autoCommit);
        var before = state(connection);
        use(dataSource, database.createWorkspace());

        var after = state(connection);
        assertThat(after).containsAll(before);
        after.removeAll(before);
        assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
        assertThat(connection.getNetworkTimeout()).isEqualTo(12_345);
        return after;
    }

    /** More often than the store and the driver need to begin to prepare statements on the server. */
    private static void use(DataSource dataSource, UUID workspace) {
        var store = PostgresSpanStore.builder(dataSource).build();
        for (var i = 1; i <= 10; i++) {
            store.write(List.of(open(workspace, i, 1, 1)), deadline());
            store.write(trace(workspace, i, 3), deadline());
            store.trace(workspace, traceId(i), deadline());
            store.traces(workspace, TraceFilter.ALL, PageRequest.first(5), deadline());
            assertThatThrownBy(() -> store.write(List.of(root(UUID.randomUUID(), 99)), deadline()));
            assertThatThrownBy(() -> store.write(List.of(open(UUID.randomUUID(), 99, 2, 0)), deadline()));
        }
    }

    private static List<String> state(Connection connection) throws SQLException {
        var state = new ArrayList<String>();
        var driver = connection.unwrap(PGConnection.class);
        state.add("prepare threshold " + driver.getPrepareThreshold());
        driver.setPrepareThreshold(0);
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select 'prepared ' || name || regexp_replace(statement, '\\s+', ' ', 'g')
                          from pg_prepared_statements
                        union all select 'cursor ' || name from pg_cursors where name <> ''
                        union all select 'lock ' || mode from pg_locks where pid = pg_backend_pid()
                          and locktype = 'advisory'
                        union all select 'temporary ' || relname from pg_class where relpersistence = 't'
                        union all select 'setting ' || name || ' ' || setting from pg_settings
                        order by 1""")) {
            while (rows.next()) {
                state.add(rows.getString(1));
            }
        }
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        driver.setPrepareThreshold(5);
        return state;
    }
}
