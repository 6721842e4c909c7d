package io.deploytrace.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables are those of the specification. */
class SchemaDefinitionTest {

    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    @Test
    void deploymentTraceSpan_columns_haveTypesAndNullability() {
        assertThat(database.query("""
                select column_name, data_type, is_nullable, column_default from information_schema.columns
                where table_name = 'deployment_trace_span' order by ordinal_position"""))
                .extracting(row -> String.join(
                        " ", row.stream().filter(text -> text != null).toList()))
                .containsExactly(
                        "id uuid NO gen_random_uuid()",
                        "trace_id text NO",
                        "span_id text NO",
                        "parent_span_id text YES",
                        "name text NO",
                        "start_time timestamp with time zone NO",
                        "end_time timestamp with time zone YES",
                        "workspace_id uuid NO",
                        "release_target_key text YES",
                        "release_id text YES",
                        "job_id text YES",
                        "parent_trace_id text YES",
                        "phase text YES",
                        "node_type text YES",
                        "status text YES",
                        "depth integer YES",
                        "sequence integer YES",
                        "attributes jsonb YES",
                        "events jsonb YES",
                        "created_at timestamp with time zone NO now()");
    }

    @Test
    void workspace_columns_areItsIdAlone() {
        assertThat(database.query("select column_name, data_type from information_schema.columns"
                        + " where table_name = 'workspace'"))
                .containsExactly(List.of("id", "uuid"));
    }

    @Test
    void deploymentTraceSpan_indexes_areAsDesigned() {
        assertThat(database.query("""
                select regexp_replace(indexdef, '.* (UNIQUE )?INDEX deployment_trace_span_(.*) ON .* USING btree', '\\2')
                from pg_indexes where tablename = 'deployment_trace_span' order by indexname"""))
                .extracting(row -> row.get(0))
                .containsExactly(
                        "created_at_idx (created_at)",
                        "job_id_idx (job_id) WHERE (job_id IS NOT NULL)",
                        "node_type_idx (node_type, workspace_id)",
                        "parent_span_id_idx (parent_span_id) WHERE (parent_span_id IS NOT NULL)",
                        "parent_trace_id_idx (parent_trace_id) WHERE (parent_trace_id IS NOT NULL)",
                        "phase_idx (phase, workspace_id)",
                        "pkey (id)",
                        "release_id_idx (release_id) WHERE (release_id IS NOT NULL)",
                        "release_target_key_idx (release_target_key, created_at) WHERE (release_target_key IS NOT NULL)",
                        "status_idx (status, workspace_id, created_at) WHERE (status <> 'completed'::text)",
                        "trace_id_span_id_idx (trace_id, span_id)",
                        "workspace_id_idx (workspace_id, created_at)");
        assertThat(database.query("select indexrelid::regclass from pg_index where indisunique and not indisprimary"
                        + " and indrelid = 'deployment_trace_span'::regclass"))
                .containsExactly(List.of("deployment_trace_span_trace_id_span_id_idx"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trace_id",
                "parent_span_id",
                "workspace_id",
                "release_target_key",
                "release_id",
                "job_id",
                "parent_trace_id",
                "created_at",
                "phase",
                "node_type",
                "status"
            })
    void deploymentTraceSpan_queryColumn_leadsAnIndex(String column) {
        assertThat(database.query("""
                select indexrelid::regclass from pg_index join pg_attribute on attrelid = indrelid and attnum = indkey[0]
                where indrelid = 'deployment_trace_span'::regclass and indisvalid and attname = '%s'""".formatted(column))).isNotEmpty();
    }

    @Test
    void workspace_deleted_takesItsTracesAlong() {
        var gone = database.createWorkspace();
        var kept = database.createWorkspace();
        var store = PostgresSpanStore.builder(database.dataSource()).build();
        store.write(TestSpans.trace(gone, 1, 3), TestSpans.deadline());
        store.write(TestSpans.trace(kept, 2, 2), TestSpans.deadline());

        database.execute("delete from workspace where id = '" + gone + "'");

        assertThat(database.query("select trace_id, count(*) from deployment_trace_span group by 1"))
                .containsExactly(List.of(TestSpans.traceId(2), "2"));
        assertThat(database.query("select trace_id from deployment_trace"))
                .containsExactly(List.of(TestSpans.traceId(2)));
    }
}
