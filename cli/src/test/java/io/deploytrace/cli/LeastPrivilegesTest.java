package io.deploytrace.cli;

import static io.deploytrace.cli.OperatedDatabase.OPERATOR;
import static io.deploytrace.cli.OperatedDatabase.OWNER;
import static io.deploytrace.cli.OperatedDatabase.READER;
import static io.deploytrace.cli.OperatedDatabase.SERVER;
import static io.deploytrace.cli.OperatedDatabase.WRITER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deploytrace.span.Attributes;
import io.deploytrace.span.Span;
import io.deploytrace.store.Deadline;
import io.deploytrace.store.SpanStoreException;
import io.deploytrace.store.Workspace;
import io.deploytrace.store.postgres.PostgresSpanStore;
import io.deploytrace.store.postgres.PostgresWorkspaces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The roles of the manual can do what their parts do; what the server does is in {@link ServerPrivilegesTest}. */
class LeastPrivilegesTest {

    private static final String RIGHTS = """
            select string_agg(concat_ws(' ', relname, grantee::regrole, privilege_type), ', ' order by relname, grantee, privilege_type)
            from pg_class, aclexplode(relacl)
            """;

    private static OperatedDatabase database;
    private static UUID workspace;

    @BeforeAll
    static void setUp() {
        database = OperatedDatabase.shared();
        workspace = database.createWorkspace("acme");
    }

    @Test
    void operator_asItsRole_setsTheRetention() {
        var source = DatabaseAddress.parse(database.url(OPERATOR), null).dataSource();
        var workspaces = new PostgresWorkspaces(source);

        workspaces.retain(workspace, Duration.ofDays(900), soon());
        workspaces.retain(workspace, Duration.ofDays(901), soon());
        assertThat(workspaces.find(workspace, soon())).map(Workspace::retention).contains(Duration.ofDays(901));
        workspaces.retain(workspace, null, soon());
    }

    private static int stored(String traceId) {
        return Integer.parseInt(database.value(
                READER, "select count(*) from deployment_trace_span where trace_id = '" + traceId + "'"));
    }

    @Test
    void server_withoutAnyKey_endsAndSaysWhatItsRoleLacks() throws Exception {
        database.execute(OPERATOR, "delete from deployment_trace_key");

        var result = database.run(SERVER, "serve", "--auth", "required", "--port", "0");

        assertThat(result.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(result.err()).contains("deployment_trace_key", "grants");
    }

    @Test
    void writer_asItsRole_writesGrowsAndIsToldOfAnUnknownWorkspace() {
        var source = DatabaseAddress.parse(database.url(WRITER), null).dataSource();
        var store = PostgresSpanStore.builder(source).build();
        var open = span(workspace, new Random(7), null);

        store.write(List.of(open), soon());
        store.write(List.of(span(workspace, new Random(7), open.startTime().plusSeconds(1))), soon());

        assertThat(stored(open.traceId())).isOne();
        assertThatThrownBy(() -> store.write(List.of(span(UUID.randomUUID(), new Random(8), null)), soon()))
                .isInstanceOf(SpanStoreException.class)
                .hasMessageContaining("workspace")
                .hasMessageNotContaining("permission");
    }

    private static Span span(UUID workspace, Random random, Instant end) {
        var traceId = "%016x%016x".formatted(random.nextLong(), random.nextLong());
        var attributes = Attributes.builder()
                .put("ctrlplane.workspace_id", workspace.toString())
                .build();
        var start = Instant.parse("2026-11-23T03:00:00Z");
        return new Span(traceId, "00000000000000aa", null, "root", start, end, attributes, List.of());
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "deploytrace_operator, key list",
                "deploytrace_operator, key create --role read --all-workspaces",
                "deploytrace_operator, workspace list",
                "deploytrace_operator, workspace create of-an-operator",
                "deploytrace_operator, reindex",
                "deploytrace_operator, list",
                "deploytrace_operator, migrate --check",
                "deploytrace_reader, list",
                "deploytrace_reader, workspace list",
                "deploytrace_reader, migrate --check",
                "deploytrace_reader, prune --older-than 1h --dry-run",
                "deploytrace_server, migrate --check",
                "deploytrace_owner, migrate"
            })
    void command_ofTheRole_isDone(String role, String command) {
        var arguments = command.split(" ");
        var result = database.run(role, command.matches("(list|prune).*") ? in(arguments) : arguments);

        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    private static String[] in(String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--workspace", "acme"))
                .toArray(String[]::new);
    }

    @Test
    void operator_workspaceThatHasKeysAndTraces_isDeleted() {
        var doomed = database.createWorkspace("doomed");
        var key = database.createKey(doomed);
        var source = DatabaseAddress.parse(database.url(WRITER), null).dataSource();
        PostgresSpanStore.builder(source).build().write(List.of(span(doomed, new Random(9), null)), soon());

        assertThat(database.operate("key", "revoke", key)).isNotEmpty();
        database.operate("workspace", "delete", "doomed", "--yes");

        assertThat(database.operate("workspace", "list")).doesNotContain("doomed");
    }

    @Test
    void operator_oldTraces_prunesAndReindexesThem() {
        var old = database.createWorkspace("old");
        var source = DatabaseAddress.parse(database.url(WRITER), null).dataSource();
        var store = PostgresSpanStore.builder(source)
                .clock(() -> Instant.parse("2026-01-01T00:00:00Z"))
                .build();
        store.write(List.of(span(old, new Random(10), null)), soon());

        assertThat(database.operate("reindex", "--all", "--workspace", "old")).startsWith("Rebuilt");
        assertThat(database.operate("prune", "--older-than", "1d", "--workspace", "old"))
                .contains("1 trace");
    }

    @ParameterizedTest
    @CsvSource({
        "deploytrace_reader, key list",
        "deploytrace_reader, workspace create x",
        "deploytrace_reader, reindex --all",
        "deploytrace_writer, key list",
        "deploytrace_server, key create --role admin --all-workspaces",
        "deploytrace_server, workspace create x"
    })
    void command_ofAnotherRole_saysThatTheRoleLacksGrants(String role, String command) {
        var result = database.run(role, command.split(" "));

        assertThat(result.exitCode()).as(result.out()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(result.err()).containsAnyOf("permission denied for table", "in a read-only transaction");
    }

    @Test
    void reader_thatWantsToWrite_isReadOnly() {
        assertThat(database.value(READER, "show default_transaction_read_only")).isEqualTo("on");
        assertThat(database.value(READER, "show statement_timeout")).isEqualTo("30s");
    }

    @Test
    void table_ofALaterMigration_isTheServersAndTheOperatorsAtOnce() throws Exception {
        database.execute(OWNER, "create table of_a_later_migration (id int)");
        for (var role : List.of(SERVER, OPERATOR)) {
            assertThat(database.value(role, "select count(*) from of_a_later_migration"))
                    .isEqualTo("0");
        }
        for (var role : List.of(WRITER, READER)) {
            assertThatThrownBy(() -> database.execute(role, "select * from of_a_later_migration"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void grants_runAgain_changeNothing() throws Exception {
        var before = database.value(OWNER, RIGHTS);

        database.grant();

        assertThat(database.value(OWNER, RIGHTS)).isEqualTo(before);
    }
}
