package io.deploytrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.postgres.PostgresLeases;
import io.deploytrace.store.postgres.PostgresMaintenance;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.store.postgres.PostgresTraceChanges;
import io.deploytrace.store.postgres.PostgresWorkspaces;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** What a program that knows nothing of Deploytrace inserts into the span table is listed and told as what Deploytrace wrote. */
@Timeout(60)
class OtherProgramsTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String LATE = "4bf92f3577b34da6a3ce929d0e0e4737";

    private TestDatabase database;
    private PGSimpleDataSource source;
    private UUID workspace;
    private DeploytraceServer server;

    @BeforeEach
    void start() throws Exception {
        database = TestDatabase.create();
        source = database.dataSource(database.port());
        var workspaces = new PostgresWorkspaces(source);
        workspace = workspaces
                .create("shop", Deadline.after(Duration.ofSeconds(30)))
                .id();
        var store = PostgresSpanStore.builder(source).build();
        server = DeploytraceServer.builder(store)
                .reader(store)
                .changes(new PostgresTraceChanges(source))
                .workspaces(workspaces)
                .reindexing(new PostgresMaintenance(source), new PostgresLeases(source), Duration.ofSeconds(1))
                .port(0)
                .build();
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        database.close();
    }

    private EventClient listen() {
        return EventClient.listen("h2c://127.0.0.1:" + server.port(), "", workspace, null)
                .connected();
    }

    private Connection inserting(String traceId) throws SQLException {
        var connection = source.getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.prepareStatement("""
                INSERT INTO deployment_trace_span
                  (trace_id, span_id, name, start_time, end_time, workspace_id, release_target_key, status)
                VALUES (?, '00f067aa0ba902b7', 'Reconciliation', now(), now(), ?, 'shop-production', 'completed')
                """)) {
            statement.setString(1, traceId);
            statement.setObject(2, workspace);
            statement.executeUpdate();
        }
        return connection;
    }

    @Test
    void spansInsertedBySql_areToldAndListed() throws Exception {
        try (var client = listen();
                var program = inserting(TRACE)) {
            program.commit();

            assertThat(client.await(TRACE).data()).containsEntry("releaseTargetKey", "shop-production");
        }
        var ask = new Questions(WebClient.of("h1c://127.0.0.1:" + server.port()), "");
        assertThat(Questions.objects(Questions.json(ask.ask(workspace, "/traces")), "traces"))
                .singleElement()
                .satisfies(trace -> assertThat(trace).containsEntry("traceId", TRACE));
        assertThat(ask.ask(workspace, "/traces/" + TRACE).status().code()).isEqualTo(200);
        assertThat(Metrics.value(server.port(), "deploytrace_reindexing_summaries_total"))
                .isEqualTo(1);
    }

    @Test
    void transactionThatCommitsAfterARound_isSeenByALaterOne() throws Exception {
        try (var client = listen();
                var slow = inserting(LATE)) {
            try (var quick = inserting(TRACE)) {
                quick.commit();
            }
            client.await(TRACE);
            slow.commit();

            client.await(LATE);
        }
    }
}
