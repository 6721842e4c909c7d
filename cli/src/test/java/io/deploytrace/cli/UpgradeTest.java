package io.deploytrace.cli;

import static io.deploytrace.cli.OperatedDatabase.OPERATOR;
import static io.deploytrace.cli.OperatedDatabase.OWNER;
import static io.deploytrace.cli.OperatedDatabase.READER;
import static io.deploytrace.cli.OperatedDatabase.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.store.Deadline;
import io.deploytrace.store.Role;
import io.deploytrace.store.postgres.PostgresApiKeys;
import io.deploytrace.store.postgres.PostgresSchema;
import io.deploytrace.testkit.Await;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * From the schema of the first release to this one's while a server of the release before goes on. Today's program stands for it,
 * since it writes with the same statements, and is made to believe that the schema is its own; with the system property
 * {@code upgrade.from} it is the program whose jar that names.
 */
class UpgradeTest {

    private static final String FIRST_RELEASE = "5";

    private static final String PRETEND = """
            insert into deploytrace_schema_history
              (installed_rank, version, description, type, script, installed_by, execution_time, success)
            values (1000, '%s', 'pretended', 'SQL', 'none', 'nobody', 0, true)
            """;

    private EmbeddedPostgres cluster;
    private OperatedDatabase database;

    @BeforeEach
    void makeFirstRelease() throws IOException, SQLException {
        Logger.getLogger("").setLevel(Level.OFF);
        cluster = EmbeddedPostgres.start();
        database = new OperatedDatabase("postgres://postgres@127.0.0.1:" + cluster.getPort() + "/postgres");
        database.createEmpty();
        database.execute(
                OWNER,
                OperatingManual.statements("grants").stream()
                        .filter(statement -> statement.contains("alter default privileges"))
                        .findFirst()
                        .orElseThrow());
        migrateToFirstRelease();
    }

    private void migrateToFirstRelease() {
        var flyway = Flyway.configure(getClass().getClassLoader())
                .dataSource(DatabaseAddress.parse(database.url(OWNER), null).dataSource())
                .locations("classpath:io/deploytrace/store/postgres/migration")
                .table(PostgresSchema.HISTORY_TABLE)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .target(FIRST_RELEASE);
        flyway.getConfigurationExtension(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
        flyway.load().migrate();
    }

    @AfterEach
    void stop() throws IOException {
        cluster.close();
    }

    @Test
    void serve_onTheSchemaBefore_endsAndSaysToMigrate() {
        var result = database.run(SERVER, "serve", "--port", "0");

        assertThat(result.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(result.err()).contains("isn't set up for this version", "deploytrace migrate");
        assertThat(database.run(SERVER, "migrate", "--check").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void migrate_whileAServerOfTheReleaseBeforeRuns_losesNothingAndFailsNoRequestTwice() throws Exception {
        database.execute(OWNER, PRETEND.formatted(newest()));
        var workspace = database.createWorkspace("acme");
        var key = createKey(workspace);
        var jar = System.getProperty("upgrade.from");
        try (var server = jar == null
                ? RunningServer.start(database.url(SERVER), "--auth", "required")
                : RunningServer.startOf(Path.of(jar), database.url(SERVER), "--auth", "required")) {
            var clients = List.of(
                    new SendingClient(1, true, server.url(), key),
                    new SendingClient(2, false, server.url(), key),
                    new SendingClient(3, true, server.url(), key),
                    new SendingClient(4, false, server.url(), key));
            clients.forEach(Thread::start);
            awaitAcknowledgements(100);
            upgrade();
            awaitAcknowledgements(100);
            try (var next = RunningServer.start(database.url(SERVER), "--auth", "required")) {
                awaitAcknowledgements(100);
                assertThat(Deployment.status(next.url() + "/health/ready")).isEqualTo(200);
            }
            for (var client : clients) {
                client.finish();
                assertThat(client.mostFailuresInARow()).isLessThanOrEqualTo(1);
            }
            assertThat(Deployment.status(server.url() + "/health/ready")).isEqualTo(200);
            StoredTraces.read(database.url(READER), workspace).assertHold(clients);
        }
        assertThat(database.operate("reindex", "--all")).isEqualTo("Rebuilt 0 summaries.");
        assertChangesAreSeen(workspace);
    }

    /** Not by today's program, which reads the workspace with its retention, of which the first release knew nothing. */
    private String createKey(UUID workspace) {
        var keys = new PostgresApiKeys(
                DatabaseAddress.parse(database.url(OPERATOR), null).dataSource());
        return keys.create(Role.WRITE, workspace, null, null, Deadline.after(Duration.ofMinutes(1)))
                .secret();
    }

    /** The last of those that are pending. */
    private String newest() {
        var pending = database.run(OWNER, "migrate", "--check").out().strip().split("\n", -1);
        return pending[pending.length - 1].split(" ", -1)[1];
    }

    private void upgrade() throws SQLException {
        database.execute(OWNER, "delete from deploytrace_schema_history where description = 'pretended'");
        var migrated = database.run(OWNER, "migrate");
        assertThat(migrated.exitCode()).as(migrated.err()).isZero();
        assertThat(migrated.out()).startsWith("Applied: 6 ");
        awaitAcknowledgements(50);
        database.grant();
    }

    private static void awaitAcknowledgements(int more) {
        var enough = SendingClient.acknowledgedInAll() + more;
        Await.until(() -> SendingClient.acknowledgedInAll() >= enough);
    }

    /** What the server of the release before wrote after the migration counts as changed. */
    private void assertChangesAreSeen(UUID workspace) {
        var changed = database.value(
                OPERATOR,
                "select count(*) from deployment_trace where changed_in is not null and workspace_id = '" + workspace
                        + "'");
        assertThat(Integer.parseInt(changed)).isPositive();
    }
}
