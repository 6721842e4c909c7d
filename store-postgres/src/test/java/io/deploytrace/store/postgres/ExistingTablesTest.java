package io.deploytrace.store.postgres;

import static io.deploytrace.store.postgres.TestSpans.deadline;
import static io.deploytrace.store.postgres.TestSpans.span;
import static io.deploytrace.store.postgres.TestSpans.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.span.SpanEvent;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.SpanStoreException.Reason;
import io.deploytrace.store.WriteResult;
import io.deploytrace.testkit.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database whose tables another program made, and filled. */
class ExistingTablesTest {

    private static final UUID WORKSPACE = UUID.fromString("11111111-1111-4111-8111-111111111111");

    private static final String WAITING = """
             from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()
             and query ilike '%create index concurrently%'""";

    private static final String INVALID = "select indexrelid::regclass from pg_index where not indisvalid";

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.empty();

    @BeforeEach
    void createTables() throws IOException {
        try (var script = ExistingTablesTest.class.getResourceAsStream("existing-tables.sql")) {
            database.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void migrate_existingTables_leavesRowsAndTablesAsTheyAre() {
        var rows = "select xmin, ctid, * from deployment_trace_span order by span_id";
        var workspaces = "select xmin, ctid, * from workspace";
        var columns =
                "select * from information_schema.columns where table_name in ('workspace', 'deployment_trace_span')"
                        + " order by table_name, ordinal_position";
        var before = List.of(database.query(rows), database.query(workspaces), database.query(columns));

        assertThat(new PostgresSchema(database.dataSource()).migrate()).hasSize(10);
        assertThat(new PostgresSchema(database.dataSource()).migrate()).isEmpty();

        assertThat(List.of(database.query(rows), database.query(workspaces), database.query(columns)))
                .isEqualTo(before);
    }

    @Test
    void migrate_existingTables_addsOnlyTheIndexesThatAreMissing() {
        new PostgresSchema(database.dataSource()).migrate();

        assertThat(database.query(
                        "select indexname from pg_indexes where tablename = 'deployment_trace_span' order by 1"))
                .extracting(row -> row.get(0).replace("deployment_trace_span_", ""))
                .containsExactly(
                        "created_at_idx",
                        "job_id_idx",
                        "node_type_idx",
                        "parent_span_id_idx",
                        "parent_trace_id_idx",
                        "phase_idx",
                        "pkey",
                        "release_id_idx",
                        "release_target_key_idx",
                        "status_idx",
                        "trace_span_idx",
                        "workspace_id_idx");
    }

    @Test
    void migrate_tableInUse_letsOthersWriteMeanwhile() throws Exception {
        try (var user = database.dataSource().getConnection()) {
            var migration = migrateWhileInUse(user);

            database.execute("set lock_timeout = '2s'; update deployment_trace_span set name = 'meanwhile'"
                    + " where sequence is null");
            user.commit();
            assertThat(migration.get(30, TimeUnit.SECONDS)).isEqualTo(10);
        }
    }

    @Test
    void migrate_afterAnInterruptedRun_finishesIt() throws Exception {
        try (var user = database.dataSource().getConnection()) {
            var migration = migrateWhileInUse(user);
            database.execute("select pg_cancel_backend(pid) " + WAITING);
            assertThatThrownBy(() -> migration.get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(SpanStoreException.class)
                    .hasMessageContaining("The migrations were not all applied");
        }
        assertThat(database.query(INVALID)).hasSize(1);

        assertThat(new PostgresSchema(database.dataSource()).migrations())
                .extracting(Migration::isApplied)
                .containsExactly(true, false, false, false, false, false, false, false, false, false);
        assertThat(new PostgresSchema(database.dataSource()).migrate())
                .extracting(Migration::version)
                .containsExactly("2", "3", "4", "5", "6", "7", "8", "9", "10");
        assertThat(database.query(INVALID)).isEmpty();
        assertThat(database.queryValue("select count(*) from pg_indexes where tablename = 'deployment_trace_span'"))
                .isEqualTo("12");
    }

    /** Returns once the migration waits for the user's transaction. */
    private CompletableFuture<Integer> migrateWhileInUse(Connection user) throws SQLException {
        user.setAutoCommit(false);
        try (var statement = user.createStatement()) {
            statement.execute("update deployment_trace_span set name = 'held' where sequence = 0");
        }
        var migration = CompletableFuture.supplyAsync(
                () -> new PostgresSchema(database.dataSource()).migrate().size());
        Await.until(() -> !database.query("select pid " + WAITING).isEmpty());
        return migration;
    }

    @Test
    void read_rowsOfAnotherProgram_mergesColumnsIntoAttributes() {
        var key = "ctrlplane.";
        var spans = stored(database.dataSource());

        assertThat(spans.get(0))
                .isEqualTo(new Span(
                        "00000000000000000000000000000001",
                        "0000000000000001",
                        null,
                        "Reconciliation",
                        Instant.parse("2026-01-01T10:00:00.123456Z"),
                        Instant.parse("2026-01-01T10:00:05Z"),
                        Attributes.builder()
                                .put("custom_attribute", "custom_value")
                                .put("big", Long.MAX_VALUE)
                                .put(key + "workspace_id", WORKSPACE.toString())
                                .put(key + "release_target_key", "api-service-production")
                                .put(key + "release_id", "release-1")
                                .put(key + "phase", "reconciliation")
                                .put(key + "node_type", "phase")
                                .put(key + "status", "failed")
                                .put(key + "depth", 0)
                                .put(key + "sequence", 0)
                                .build(),
                        List.of(new SpanEvent(
                                "approver",
                                Instant.parse("2026-01-01T10:00:01.5Z"),
                                Attributes.of("approver", "alice")))));
        assertThat(spans.get(1).isOpen()).isTrue();
        assertThat(spans.get(1).depth()).isNull();
        assertThat(spans.get(1).events()).isEmpty();
        assertThat(spans.get(1).status()).isEqualTo("failed");
    }

    @Test
    void write_toATraceOfAnotherProgram_completesItsOpenSpan() {
        new PostgresSchema(database.dataSource()).migrate();
        var store = PostgresSpanStore.builder(database.dataSource()).build();
        var ended = span(WORKSPACE, 1, 2);

        assertThat(store.write(List.of(ended, span(WORKSPACE, 1, 3)), deadline()))
                .isEqualTo(new WriteResult(1, 1, 0));
        assertThat(stored(database.dataSource())).contains(ended).hasSize(3);
        assertThat(database.query(
                        "select span_count, open_count, created_at = '2026-01-01 10:00:06Z' from deployment_trace"))
                .containsExactly(List.of("3", "0", "t"));
    }

    @Test
    void migrate_tableThatLacksAColumn_saysWhichAndChangesNothing() {
        database.execute("alter table deployment_trace_span drop column events, drop column depth");

        assertThatThrownBy(() -> new PostgresSchema(database.dataSource()).migrate())
                .isInstanceOfSatisfying(
                        SpanStoreException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.NOT_READY))
                .hasMessageContaining("lacks these columns: depth integer, events jsonb");
        assertThat(database.query("select to_regclass('deployment_trace')"))
                .containsExactly(Collections.singletonList(null));
    }

    @Test
    void migrate_tableThatRequiresAColumnOfItsOwn_namesIt() {
        database.execute("alter table deployment_trace_span add column region text not null default 'eu',"
                + " add column cluster text not null default 'c'");
        database.execute("alter table deployment_trace_span alter column cluster drop default");

        assertThatThrownBy(() -> new PostgresSchema(database.dataSource()).migrate())
                .hasMessageContaining("requires columns that are not ours: cluster");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "create unique index on deployment_trace_span (span_id, trace_id)",
                "create unique index on deployment_trace_span (trace_id, span_id) where depth > 0",
                "alter table deployment_trace_span add unique (trace_id, span_id) deferrable"
            })
    void migrate_tableWithoutItsUniqueIndex_saysHowToMakeIt(String another) {
        database.execute("drop index deployment_trace_span_trace_span_idx; " + another);

        assertThatThrownBy(() -> new PostgresSchema(database.dataSource()).migrate())
                .hasMessageContaining("no unique index on (trace_id, span_id)")
                .hasMessageContaining("create unique index concurrently");
    }

    @Test
    void migrate_tableWithoutItsForeignKey_saysHowToMakeIt() {
        database.execute("alter table deployment_trace_span drop constraint deployment_trace_span_workspace_id_fkey");

        assertThatThrownBy(() -> new PostgresSchema(database.dataSource()).migrate())
                .hasMessageContaining("references no workspace")
                .hasMessageContaining("add foreign key (workspace_id)");
    }
}
