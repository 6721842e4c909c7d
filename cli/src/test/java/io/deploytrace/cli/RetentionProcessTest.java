package io.deploytrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deploytrace.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Two servers in processes of their own remove what a workspace no longer keeps. */
class RetentionProcessTest {

    private static final int OLD = 60_000;

    private final String databaseUrl = createDatabase();

    private static String createDatabase() {
        try {
            return TestDatabase.createMigrated();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String program(String... arguments) {
        var result = TestProgram.create()
                .variables(Map.of("DEPLOYTRACE_DATABASE_URL", databaseUrl))
                .run(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out().strip();
    }

    private void execute(String sql) throws SQLException {
        try (var connection =
                        DatabaseAddress.parse(databaseUrl, null).dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long old() {
        try (var connection =
                        DatabaseAddress.parse(databaseUrl, null).dataSource().getConnection();
                var statement = connection.createStatement();
                var count = statement.executeQuery("SELECT count(*) FROM deployment_trace_span"
                        + " WHERE created_at < now() - interval '30 days'")) {
            count.next();
            return count.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int status(String url, String key) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url)).header("authorization", "Bearer " + key);
            return HttpClient.newHttpClient()
                    .send(request.build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isRunning(RunningServer server) {
        return Scrape.of(server.url()).sum("deploytrace_retention_running") == 1;
    }

    @Test
    void serverThatIsKilledWhileItRemoves_isFollowedByAnother_onceItsLeaseIsOver() throws Exception {
        var workspace = UUID.fromString(program("workspace", "create", "acme"));
        var key = program("key", "create", "--role", "write", "--workspace", "acme");
        execute("""
                INSERT INTO deployment_trace_span (id, trace_id, span_id, name, start_time, workspace_id, created_at)
                SELECT gen_random_uuid(), replace(gen_random_uuid()::text, '-', ''),
                       right(replace(gen_random_uuid()::text, '-', ''), 16), 'span', now(), '%s',
                       now() - interval '31 days' - n * interval '1 second'
                FROM generate_series(1, %d) n
                """.formatted(workspace, OLD));
        // As autovacuum does after a while.
        execute("ANALYZE");
        // Slow enough to be met at work.
        execute("""
                CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(2); RETURN NULL; END $$;
                CREATE TRIGGER slowly AFTER DELETE ON deployment_trace_span EXECUTE FUNCTION slowly();
                """);
        program("workspace", "retention", "acme", "30d");
        var first = start();
        var client = new SendingClient(1, false, first.url(), key);
        Await.until(() -> isRunning(first));
        try (var second = start()) {
            var clients = List.of(new SendingClient(2, true, second.url(), key), client);
            clients.forEach(Thread::start);
            Await.until(() -> old() < OLD);
            assertThat(isRunning(second)).isFalse();
            assertThat(status(second.url() + "/api/v1/workspaces/" + workspace + "/traces", key))
                    .isEqualTo(200);
            client.finish();
            first.kill();
            var left = old();
            assertThat(left).isPositive();
            Await.until(() -> second.said().contains("Listening") && !isRunning(second));
            assertThat(old()).isEqualTo(left);

            execute("DROP TRIGGER slowly ON deployment_trace_span");
            execute("UPDATE deployment_trace_lease SET expires_at = now() WHERE name = 'retention'");
            Await.until(() -> old() == 0);
            clients.get(0).finish();

            StoredTraces.read(databaseUrl, workspace).assertHold(clients);
            assertThat(second.said()).contains("Retention removed");
        }
    }

    private RunningServer start() throws Exception {
        return RunningServer.start(databaseUrl, "--auth", "required", "--retention-interval", "1s");
    }

    @Test
    void serverThatIsStoppedWhileItRemoves_endsSoon() throws Exception {
        var workspace = UUID.fromString(program("workspace", "create", "acme"));
        execute("""
                INSERT INTO deployment_trace_span (id, trace_id, span_id, name, start_time, workspace_id, created_at)
                SELECT gen_random_uuid(), replace(gen_random_uuid()::text, '-', ''),
                       right(replace(gen_random_uuid()::text, '-', ''), 16), 'span', now(), '%s', now() - interval '31 days'
                FROM generate_series(1, 100) n
                """.formatted(workspace));
        execute("""
                CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(600); RETURN NULL; END $$;
                CREATE TRIGGER slowly AFTER DELETE ON deployment_trace_span EXECUTE FUNCTION slowly();
                """);
        program("workspace", "retention", "acme", "30d");
        var server = start();
        Await.until(() -> isRunning(server));

        server.terminate();

        assertThat(server.awaitEnd()).isZero();
        assertThat(old()).isEqualTo(100);
    }
}
