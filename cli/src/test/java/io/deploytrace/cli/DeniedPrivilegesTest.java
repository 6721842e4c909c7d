package io.deploytrace.cli;

import static io.deploytrace.cli.OperatedDatabase.SERVER;
import static io.deploytrace.cli.OperatedDatabase.WRITER;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The roles of the manual can't do what their parts needn't. */
class DeniedPrivilegesTest {

    private static final String DENIED = "42501";

    private static OperatedDatabase database;

    @BeforeAll
    static void setUp() {
        database = OperatedDatabase.shared();
    }

    static Stream<String> attacks() {
        return Stream.of(
                "alter table deployment_trace_span add column mine text",
                "drop table deployment_trace_span",
                "truncate deployment_trace_span",
                "drop index deployment_trace_span_job_id_idx",
                "create table mine (id int)",
                "create function mine() returns int language sql as 'select 1'",
                "create trigger mine before insert on deployment_trace_span execute function suppress_redundant_updates_trigger()",
                "create schema mine",
                "create temporary table mine (id int)",
                "alter table deployment_trace_span disable trigger all",
                "set session_replication_role = replica",
                "delete from deploytrace_schema_history",
                "update deployment_trace_key set role = 'admin'",
                "update deployment_trace_key set hash = hash",
                "insert into deployment_trace_key (id) values (gen_random_uuid())",
                "delete from deployment_trace_key",
                "insert into workspace values (gen_random_uuid())",
                "delete from workspace",
                "insert into deployment_trace_retention (workspace_id, keep) values (gen_random_uuid(), '1 second')",
                "create or replace function deployment_trace_changed() returns trigger language plpgsql as 'begin end'",
                "set role deploytrace_owner",
                "select * from pg_authid",
                "copy deployment_trace_span to program 'cat'");
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void server_whatItMustNot_isDenied(String sql) {
        assertDenied(SERVER, sql);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void writer_whatTheServerMustNot_isDenied(String sql) {
        assertDenied(WRITER, sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deploytrace_reader   | select * from deployment_trace_key",
                "deploytrace_writer   | select * from deployment_trace_key",
                "deploytrace_writer   | delete from deployment_trace_span",
                "deploytrace_writer   | delete from deployment_trace",
                "deploytrace_operator | truncate deployment_trace_span",
                "deploytrace_operator | drop table deployment_trace_key",
                "deploytrace_operator | insert into deployment_trace_span (name) values ('x')",
                "deploytrace_operator | delete from deploytrace_schema_history"
            })
    void role_whatItMustNot_isDenied(String role, String sql) {
        assertDenied(role, sql);
    }

    private static void assertDenied(String role, String sql) {
        assertThatThrownBy(() -> database.execute(role, sql))
                .as(sql)
                .extracting("SQLState")
                .isEqualTo(DENIED);
    }

    @Test
    void stranger_isNotLetIn() throws Exception {
        database.createRole("stranger");

        assertThatThrownBy(() -> database.connect("stranger").close())
                .hasMessageContaining("permission denied for database");
    }
}
