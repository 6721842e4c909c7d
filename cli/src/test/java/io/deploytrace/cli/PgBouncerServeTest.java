package io.deploytrace.cli;

import static io.deploytrace.cli.OperatedDatabase.OWNER;
import static io.deploytrace.cli.OperatedDatabase.READER;
import static io.deploytrace.cli.OperatedDatabase.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.testkit.Await;
import io.deploytrace.testkit.PgBouncer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server and the program through PgBouncer in transaction mode, with the configuration that the manual shows. */
class PgBouncerServeTest {

    private static final int RESTARTS = 3;

    private static OperatedDatabase direct;
    private static OperatedDatabase pooled;
    private static PgBouncer pgBouncer;

    @BeforeAll
    static void startPooler() throws SQLException {
        direct = OperatedDatabase.shared();
        var server = URI.create(direct.superuserUrl());
        var settings = OperatingManual.block("ini", "pgbouncer")
                .replace("host=db.example.com port=5432", "host=127.0.0.1 port=" + server.getPort())
                .replace("/etc/pgbouncer/", "DIRECTORY/");
        pgBouncer = PgBouncer.start(settings, Map.of("userlist.txt", secrets()));
        pooled = new OperatedDatabase(direct.superuserUrl().replace(":" + server.getPort(), ":" + pgBouncer.port()));
    }

    private static String secrets() throws SQLException {
        return direct.superuserValue("""
                select string_agg(format('"%s" "%s"', rolname, rolpassword), E'\\n') || E'\\n'
                from pg_authid where rolpassword is not null
                """);
    }

    @AfterAll
    static void stopPooler() {
        if (pgBouncer != null) {
            pgBouncer.close();
        }
    }

    @Test
    void acknowledgedSpans_poolerRestartedUnderLoad_areStoredOnceAndWhole() throws Exception {
        var workspace = direct.createWorkspace("pooled " + UUID.randomUUID());
        var key = direct.createKey(workspace);
        direct.execute(OWNER, "delete from deployment_trace_span");
        try (var server = RunningServer.start(pooled.url(SERVER), "--auth", "required")) {
            var clients = List.of(
                    new SendingClient(1, true, server.url(), key),
                    new SendingClient(2, false, server.url(), key),
                    new SendingClient(3, true, server.url(), key),
                    new SendingClient(4, false, server.url(), key));
            clients.forEach(Thread::start);
            for (var restart = 0; restart < RESTARTS; restart++) {
                awaitAcknowledgements(50);
                pgBouncer.restart();
            }
            awaitAcknowledgements(50);
            for (var client : clients) {
                client.finish();
            }
            StoredTraces.read(direct.url(READER), workspace).assertHold(clients);
            assertThat(direct.operate("reindex", "--workspace", workspace.toString()))
                    .isEqualTo("Rebuilt 0 summaries.");
            assertThat(server.said()).doesNotContain("prepared statement");
        }
    }

    private static void awaitAcknowledgements(int more) {
        var enough = SendingClient.acknowledgedInAll() + more;
        Await.until(() -> SendingClient.acknowledgedInAll() >= enough);
    }

    @Test
    void readiness_poolerRestarted_recoversAndStays() throws Exception {
        try (var server = RunningServer.start(pooled.url(SERVER))) {
            pgBouncer.restart();

            Await.until(() -> readiness(server) == 200);
            for (var i = 0; i < 50; i++) {
                assertThat(readiness(server)).isEqualTo(200);
            }
        }
    }

    private static int readiness(RunningServer server) {
        try {
            var request = HttpRequest.newBuilder(URI.create(server.url() + "/health/ready"))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void commands_throughThePooler_work() {
        var name = "commands " + UUID.randomUUID();
        var workspace = pooled.createWorkspace(name);
        assertThat(pooled.createKey(workspace)).startsWith("dt_");
        assertThat(pooled.operate("key", "list", "--workspace", name)).contains("write");
        assertThat(pooled.operate("prune", "--older-than", "1d", "--workspace", name))
                .isNotEmpty();
        assertThat(pooled.run(READER, "list", "--workspace", name).exitCode()).isZero();
        assertThat(pooled.operate("workspace", "delete", name, "--yes")).isNotNull();
    }

    @Test
    void migrate_throughThePooler_isRefusedWithItsRemedy() {
        var result = pooled.run(OWNER, "migrate");

        assertThat(result.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(result.err()).contains("pooler in transaction mode", "Connect to PostgreSQL directly");
        assertThat(pooled.run(OWNER, "migrate", "--check").exitCode()).isZero();
    }

    @Test
    void url_thatSetsSomethingInTheSession_isRefusedByPgBouncer() {
        var result = TestProgram.create()
                .run("list", "--database-url", pooled.url(READER) + "?currentSchema=public", "--workspace", "x");

        assertThat(result.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(result.err()).contains("search_path");
    }
}
